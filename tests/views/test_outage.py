"""A database that is away, full or read-only costs patience, and no word."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import psycopg
import pytest
from botocore.exceptions import ReadTimeoutError
from django.db import (
    Error,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
)
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from incidents.database.outage import Outage, outage_of
from incidents.documents.document import Section
from incidents.documents.kinds import SectionKind
from incidents.models import Incident, User
from incidents.views.unsaved.outage import broken
from incidents.workflow.parts import save
from tests.factories import browser_of, make_incident

WORDS = "The motor had <no> spare part & nobody knew."


@pytest.fixture
def draft(author: User) -> Incident:
    section = Section(kind=SectionKind.SUMMARY, title="Summary", body="Before.")
    return make_incident(author, sections=(section,))


@contextmanager
def read_only() -> Iterator[None]:
    """A real refusal, by either database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What the fixtures wrote is looked at now: later that would be a write.
            connection.check_constraints()
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = 0")


def write(draft: Incident, client: Client, **headers: str) -> Any:
    key = draft.sections.get().key
    form = {"version": "1", "title": "Summary", "body": WORDS}
    address = f"/incidents/{draft.pk}/sections/{key}/"
    return client.post(address, form, headers=headers)


@pytest.mark.django_db
def test_what_a_read_only_database_refuses_is_shown_to_its_author_again(
    author: User, draft: Incident
) -> None:
    client = browser_of(author)
    with read_only():
        answer = write(draft, client)
        assert answer.status_code == 503
        page = unescape(answer.content.decode())
        assert "can only be read at the moment" in page
        assert page.count(WORDS) == 2
        assert "Send it again" in page
        assert "/static/css/forms.css" in page
        assert "Traceback" not in page


@pytest.mark.django_db
def test_a_script_hears_one_sentence(author: User, draft: Incident) -> None:
    client = browser_of(author)
    with read_only():
        answer = write(draft, client, HX_Request="true")
    assert answer.status_code == 503
    assert answer.content.decode().startswith('<p role="alert">This site can only')


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False])
def test_a_full_disk_is_named_in_development_too(
    author: User,
    draft: Incident,
    debug: bool,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    def fail(*args: object, **values: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(save, "record_event", fail)
    settings.DEBUG = debug
    answer = write(draft, browser_of(author))
    assert answer.status_code == 507
    assert "The disk of this site is full" in answer.content.decode()
    assert answer["Retry-After"]


def test_an_error_before_any_view_is_excused_as_well(rf: RequestFactory) -> None:
    assert answer_to(rf.get("/drafts/"), OperationalError("gone")).status_code == 503
    assert answer_to(rf.get("/drafts/"), ValueError("ours")).status_code == 500


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse:
    try:
        raise error
    except Exception:
        return broken(request)


def of_sqlite(statement: str, path: Path) -> Error:
    raw = sqlite3.connect(path)
    try:
        raw.executescript(statement)
    except sqlite3.OperationalError as cause:
        error = OperationalError(str(cause))
        error.__cause__ = cause
        return error
    finally:
        raw.close()
    raise AssertionError("SQLite has allowed it.")


def of_postgresql(cause: psycopg.Error) -> Error:
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


def test_sqlite_says_what_is_the_matter(tmp_path: Path) -> None:
    full = (
        "CREATE TABLE a (b); PRAGMA max_page_count = 2;"
        "INSERT INTO a VALUES (zeroblob(99999));"
    )
    assert outage_of(of_sqlite(full, tmp_path / "full")) is Outage.FULL
    refused = "PRAGMA query_only = 1; CREATE TABLE a (b);"
    assert outage_of(of_sqlite(refused, tmp_path / "kept")) is Outage.READ_ONLY
    mistake = "SELECT * FROM nowhere;"
    assert outage_of(of_sqlite(mistake, tmp_path / "empty")) is None


def test_postgresql_says_what_is_the_matter() -> None:
    known = {
        psycopg.errors.DiskFull: Outage.FULL,
        psycopg.errors.ReadOnlySqlTransaction: Outage.READ_ONLY,
        psycopg.errors.TooManyConnections: Outage.BUSY,
        psycopg.errors.AdminShutdown: Outage.AWAY,
        psycopg.errors.UndefinedTable: None,
    }
    for kind, outage in known.items():
        assert outage_of(of_postgresql(kind())) is outage


def test_a_connection_that_broke_is_an_outage_and_a_refused_row_is_not() -> None:
    assert outage_of(InterfaceError("the connection is closed")) is Outage.AWAY
    assert outage_of(OperationalError("no server")) is Outage.AWAY
    assert outage_of(IntegrityError("twice")) is None
    assert outage_of(FileNotFoundError(errno.ENOENT, "no")) is None
    assert outage_of(None) is None


def test_a_store_of_pictures_that_does_not_answer_is_named() -> None:
    silent = ReadTimeoutError(endpoint_url="http://store.example.org")
    assert outage_of(silent) is Outage.NO_STORE
