"""Deployments migrate one after the other, and one that was killed can be repeated."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from incidents.management.commands.migrate import WAITING, WholeSteps, alone


class NewTable(migrations.Migration):
    """Its index is made at the end, as Django does on both databases."""

    operations = [
        migrations.CreateModel(
            "Leftover",
            fields=[("id", models.AutoField(primary_key=True))],
            options={"indexes": [models.Index(fields=["id"], name="of_leftover")]},
        )
    ]


class KilledError(Exception):
    pass


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_migration_killed_before_it_is_noted_has_changed_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(migration: migrations.Migration) -> None:
        raise KilledError

    steps = WholeSteps(connection)
    monkeypatch.setattr(steps, "record_migration", killed)
    with pytest.raises(KilledError):
        steps.apply_migration(ProjectState(), NewTable("0001_new", "leftovers"))
    assert "leftovers_leftover" not in connection.introspection.table_names()
    assert connection.vendor == "postgresql" or checks_keys()


def checks_keys() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
def test_whoever_comes_second_waits_for_the_first_and_says_so() -> None:
    said: list[object] = []
    waits, works = Event(), Event()

    def tell(words: str) -> None:
        said.append(words)
        waits.set()

    def second() -> None:
        with alone(here, tell):
            works.set()

    here = connection.copy()
    with ThreadPoolExecutor(max_workers=1) as pool:
        with alone(connection, said.append):
            done = pool.submit(second)
            assert waits.wait(timeout=20)
            assert not works.is_set()
        done.result(timeout=20)
    assert works.is_set()
    assert said == [WAITING]
