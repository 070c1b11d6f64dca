"""Whether the site runs, and whether it can do its work: for probes and monitors."""

from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from incidents.models import Heartbeat
from postmortems import replicas

OK = "ok"


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that this process answers, and ask nothing: no outage may restart it."""
    return JsonResponse({"status": OK})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The whole site can work; 503 with what is missing when it cannot."""
    try:
        answers = {name: check() for name, check in CHECKS.items()}
    except Error:
        # Waiting for a connection takes seconds: one try is enough for a probe.
        answers = {"database": "does not answer"}
    well = all(said == OK for said in answers.values())
    if replicas.REPLICA in settings.DATABASES:
        answers["replica"] = replica()
    return JsonResponse(
        {"status": OK if well else "unavailable", "checks": answers},
        status=200 if well else 503,
    )


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK


def migrations() -> str:
    missing = (
        known_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    )
    if missing:
        return f"{len(missing)} to apply; run manage.py migrate"
    return OK


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations in the code, which do not change while the process runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def worker() -> str:
    oldest = timezone.now() - settings.WORKER_SILENCE
    if Heartbeat.objects.beats_since(oldest, name="worker"):
        return OK
    return "no sign of life; start manage.py worker"


def replica() -> str:
    """Told, but not counted: the site works without it."""
    if replicas.replica_health.is_good():
        return OK
    return "down or far behind; its pages are read from the primary"


CHECKS = {"database": database, "migrations": migrations, "worker": worker}
