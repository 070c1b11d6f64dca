"""The probe: told in one request whether the site can work, and what is missing."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from incidents.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> None:
    Heartbeat.objects.create(name="worker", beat_at=timezone.now())


def test_a_silent_worker_makes_the_site_unready(client: Client) -> None:
    long_ago = timezone.now() - settings.WORKER_SILENCE - timedelta(seconds=1)
    Heartbeat.objects.create(name="worker", beat_at=long_ago)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["worker"].startswith("no sign of life")


@pytest.mark.usefixtures("worker")
def test_a_missing_migration_makes_the_site_unready(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("incidents", "0001_record")
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["migrations"].startswith("1 to apply")


@pytest.mark.usefixtures("worker")
def test_a_database_that_does_not_answer_makes_the_site_unready(
    client: Client,
) -> None:
    def fail(*args: object) -> None:
        raise DatabaseError("gone away from db.internal")

    with connection.execute_wrapper(fail):
        response = client.get("/health/ready")
    assert response.status_code == 503
    assert "db.internal" not in response.content.decode()
    assert response.json()["checks"] == {"database": "does not answer"}


@pytest.mark.usefixtures("worker")
def test_a_whole_site_is_ready(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert set(response.json()["checks"].values()) == {"ok"}


def test_the_process_is_live_without_asking_the_database(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/health/live").status_code == 200
    assert not queries.captured_queries


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_never_cached(client: Client, path: str) -> None:
    assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_a_probe_needs_neither_https_nor_the_site_name(
    client: Client, settings: Settings, path: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path, headers={"host": "127.0.0.1"}).status_code in (200, 503)
