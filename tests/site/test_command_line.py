"""Whoever runs `manage.py`: what is the matter with the database is one line."""

import errno
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from postmortems import command_line, reach


def run(
    monkeypatch: pytest.MonkeyPatch, failure: BaseException, *words: str
) -> SystemExit:
    def fail(argv: list[str]) -> None:
        raise failure

    monkeypatch.setattr(command_line, "execute_from_command_line", fail)
    # The settings are those of the tests' own connections, too.
    monkeypatch.setattr(command_line, "connect_at_once", list)
    with pytest.raises(SystemExit) as ended:
        command_line.main(["manage.py", *words])
    return ended.value


@pytest.fixture
def no_table() -> Exception:
    with (
        pytest.raises(Exception, match="nowhere") as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 FROM nowhere")
    return caught.value


@pytest.mark.django_db
def test_a_database_that_lacks_tables_is_to_be_migrated(
    monkeypatch: pytest.MonkeyPatch, no_table: Exception
) -> None:
    MigrationRecorder(connection).record_unapplied("incidents", "0001_record")
    ended = run(monkeypatch, no_table)
    assert str(ended).endswith("1 to apply; run manage.py migrate.")


@pytest.mark.django_db
def test_an_error_of_our_own_keeps_its_traceback(
    monkeypatch: pytest.MonkeyPatch, no_table: Exception
) -> None:
    with pytest.raises(type(no_table)):
        run(monkeypatch, no_table)


def test_a_full_disk_is_named_and_a_traceback_can_be_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    assert str(run(monkeypatch, full)).startswith("Disk full: ")
    with pytest.raises(OSError, match="No space"):
        run(monkeypatch, full, "--traceback")


def test_a_server_that_gives_no_connection_is_asked_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    why = "DATABASE_URL: the database cannot be used: wrong password"
    monkeypatch.setattr(reach, "why_unreachable", lambda database: why)
    assert str(run(monkeypatch, OperationalError("no connection after 10 s"))) == why


def test_a_person_who_typed_does_not_wait_for_a_pool_to_fill(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    options: dict[str, object] = {"pool": {"timeout": 10}}
    described = SimpleNamespace(DATABASES={"default": {"OPTIONS": options}})
    monkeypatch.setattr(command_line, "settings", described)
    command_line.connect_at_once()
    assert options == {"connect_timeout": 5}
