"""The two databases, as Django is told about them."""

import pytest
from django.db import connection

from postmortems import databases
from postmortems.values import database


def test_a_sqlite_transaction_takes_its_lock_at_once_and_waits_for_it() -> None:
    options = databases.description(database("sqlite:///data/x.sqlite3"))["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5
    assert "journal_mode=WAL" in options["init_command"]


def test_a_request_finds_the_sqlite_file_open() -> None:
    described = databases.description(database("sqlite:///data/x.sqlite3"))
    assert described["CONN_MAX_AGE"] > 0


def test_a_power_cut_takes_no_acknowledged_save_back() -> None:
    options = databases.description(database("sqlite:///data/x.sqlite3"))["OPTIONS"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgresql_is_reached_through_a_pool_that_checks_its_connections() -> None:
    described = databases.description(database("postgres://db/x?sslmode=require"))
    assert described["CONN_MAX_AGE"] == 0
    assert described["CONN_HEALTH_CHECKS"] is True
    assert described["OPTIONS"]["pool"]["max_size"] > 1
    assert described["OPTIONS"]["sslmode"] == "require"


@pytest.mark.django_db
def test_this_run_stands_on_the_database_it_should() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
        else:
            cursor.execute("SELECT current_database()")
            assert str(cursor.fetchone()[0]).startswith("test_")
