"""`manage.py check`: what this machine or deployment lacks, and what to do."""

from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection
from pytest_django import Settings

from postmortems import checks


def test_a_data_folder_that_cannot_be_made_is_an_error(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    settings.DATA_DIR = tmp_path / "file" / "data"
    settings.MEDIA_ROOT = tmp_path / "media"
    (error,) = checks.folders_can_be_written(None)
    assert error.msg.startswith("DATA_DIR: the folder")


def test_a_python_without_full_text_search_is_an_error_on_sqlite_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert checks.sqlite_can_search(None) == []
    monkeypatch.setattr(checks, "has_fts5", lambda: False)
    said = [error.id for error in checks.sqlite_can_search(None)]
    assert said == (["postmortems.E002"] if connection.vendor == "sqlite" else [])


def test_letting_any_host_in_is_warned_of(settings: Settings) -> None:
    assert "*" not in site.ALLOWED_HOSTS
    assert checks.hosts_are_named(None) == []
    settings.ALLOWED_HOSTS = ["*"]
    (warning,) = checks.hosts_are_named(None)
    assert warning.id == "postmortems.W003"


def test_a_site_that_sends_mail_is_warned_of_links_to_itself(
    settings: Settings,
) -> None:
    assert checks.links_lead_here(None) == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    (warning,) = checks.links_lead_here(None)
    assert warning.id == "postmortems.W004"
    settings.SITE_URL = "https://postmortems.example.org"
    assert checks.links_lead_here(None) == []
