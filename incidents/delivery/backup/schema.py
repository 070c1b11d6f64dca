"""Which tables a database has: those of the migrations that were applied to it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.apps.registry import Apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from incidents.delivery.backup.archive import BackupError
from incidents.delivery.backup.rows import Model

# Who is logged in or at a page is no part of the site; the worker starts afresh.
LEFT_OUT = {
    "sessions.Session",
    "django_tasks_database.DBTaskResult",
    "incidents.Heartbeat",
    "incidents.Presence",
    # Made anew from what was restored.
    "incidents.Change",
    "incidents.SearchDocument",
    "incidents.SearchWord",
    "incidents.Tally",
    "incidents.Total",
}


@dataclass(frozen=True)
class Schema:
    """Some of the migrations that this code knows, and the models they make."""

    migrations: frozenset[str]
    registry: Apps

    @property
    def tables(self) -> list[Model]:
        """Every table of the site, with those that only join two others."""
        return [
            model
            for model in self.registry.get_models(include_auto_created=True)
            if model._meta.managed
            and not model._meta.proxy
            and model._meta.label not in LEFT_OUT
        ]


def known() -> frozenset[str]:
    return frozenset(
        f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations
    )


def newest() -> Schema:
    return Schema(known(), apps)


def current() -> Schema:
    """The database as it is, which may not be migrated yet."""
    loader = MigrationLoader(connection)
    applied = {
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps
    }
    if applied - known():
        raise BackupError(
            "This database was migrated by a newer version. Use that version."
        )
    return schema_of(applied)


def schema_of(migrations: Collection[str]) -> Schema:
    if migrations == known():
        return newest()
    loader = MigrationLoader(None)
    nodes = [(app, name) for app, name in targets(migrations) if name is not None]
    return Schema(frozenset(migrations), loader.project_state(nodes).apps)


def targets(migrations: Collection[str]) -> list[tuple[str, str | None]]:
    """The last of these migrations in each app; None where an app has none yet."""
    loader = MigrationLoader(None)
    found: list[tuple[str, str | None]] = []
    for app in sorted(loader.migrated_apps):
        own = {node for node in loader.graph.nodes if node[0] == app}
        taken = {node for node in own if ".".join(node) in migrations}
        before = {
            parent.key
            for node in taken
            for parent in loader.graph.node_map[node].parents
        }
        found += sorted(taken - before) or [(app, None)]
    return found


@contextmanager
def moved_back(older: Schema) -> Iterator[None]:
    """The tables as they were then; afterwards they, and what is in them by then, are
    brought up to date as an upgrade would."""
    if older.migrations == known():
        yield
        return
    go_to(targets(older.migrations))
    try:
        yield
    finally:
        go_to(targets(known()))
        # The new rights and content types, as `migrate` makes them.
        ContentType.objects.clear_cache()
        emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def go_to(wanted: list[tuple[str, str | None]]) -> None:
    MigrationExecutor(connection).migrate(wanted)
