"""What `manage.py check` says about this machine and this deployment."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection

Apps = Sequence[AppConfig] | None


def register_all() -> None:
    register(folders_can_be_written, Tags.files)
    register(sqlite_can_search, Tags.compatibility)
    register(hosts_are_named, Tags.security, deploy=True)
    register(links_lead_here, Tags.compatibility, deploy=True)


def folders_can_be_written(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    folders = {"DATA_DIR": settings.DATA_DIR, "MEDIA_ROOT": settings.MEDIA_ROOT}
    return [
        Error(
            f"{name}: the folder {str(folder)!r} cannot be written.",
            hint="Give it to the user that runs the site, or name another.",
            id="postmortems.E001",
        )
        for name, folder in folders.items()
        if not can_be_written(Path(folder))
    ]


def can_be_written(folder: Path) -> bool:
    """Whether files can be made there, or the folder itself if it is missing."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)


def sqlite_can_search(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if connection.vendor != "sqlite" or has_fts5():
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} comes without FTS5, which search needs.",
            hint="Use another build of Python, or PostgreSQL through DATABASE_URL.",
            id="postmortems.E002",
        )
    ]


def has_fts5() -> bool:
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE probe USING fts5(body)")
    except sqlite3.OperationalError:
        return False
    finally:
        memory.close()
    return True


def hosts_are_named(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            "ALLOWED_HOSTS lets any name in, so a forged one can end up in a mail.",
            hint="Write the names under which people reach the site.",
            id="postmortems.W003",
        )
    ]


def links_lead_here(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    here = urlsplit(settings.SITE_URL).hostname in {"127.0.0.1", "localhost"}
    if not here or not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return []
    return [
        Warning(
            "SITE_URL is not set, so links in mails lead to this machine only.",
            hint="Write the address under which people reach the site.",
            id="postmortems.W004",
        )
    ]
