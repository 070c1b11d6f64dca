"""The worker: it shows that it lives, does its chores, and stops when it is told."""

import signal
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from incidents.delivery.chores import CHORES, Chore
from incidents.management.commands import worker as worker_module
from incidents.management.commands.worker import SteadyWorker
from incidents.models import Heartbeat

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

DAILY = timedelta(days=1)


@task()
def sum_of(a: int, b: int) -> int:
    return a + b


def run_rounds(count: int, *work: Callable[[], object]) -> SteadyWorker:
    """A worker that is told to stop in its last round, by the signal it would get."""
    rounds = iter(range(count - 1))

    def stop_at_last() -> None:
        if next(rounds, None) is None:
            worker.shutdown(signal.SIGTERM, None)

    chores = [Chore(f"chore {n}", DAILY, do) for n, do in enumerate(work)]
    last = Chore("stop", timedelta(0), stop_at_last)
    worker = SteadyWorker(interval=0, chores=[*chores, last])
    worker.work()
    return worker


def test_nobody_takes_a_worker_for_alive_that_never_ran() -> None:
    with pytest.raises(CommandError, match="sign of life"):
        call_command("worker", "--alive")


def test_a_running_worker_is_alive() -> None:
    run_rounds(1)
    call_command("worker", "--alive")


def test_a_worker_that_fell_silent_is_not_alive() -> None:
    long_ago = timezone.now() - settings.WORKER_SILENCE * 2
    Heartbeat.objects.beat("worker", now=long_ago)
    with pytest.raises(CommandError):
        call_command("worker", "--alive")


def test_a_daily_chore_is_done_once_a_day() -> None:
    done: list[int] = []
    run_rounds(3, lambda: done.append(1))
    assert done == [1]
    Heartbeat.objects.beat("chore 0", now=timezone.now() - DAILY)
    run_rounds(1, lambda: done.append(2))
    assert done == [1, 2]


def test_a_clock_that_was_put_back_keeps_no_chore_waiting() -> None:
    later = timezone.now() + DAILY + timedelta(hours=1)
    Heartbeat.objects.beat("chore 0", now=later)
    done: list[int] = []
    run_rounds(3, lambda: done.append(1))
    assert done == [1]


def test_a_task_is_run_after_its_transaction() -> None:
    waiting = sum_of.enqueue(2, 3)
    run_rounds(2)
    waiting.refresh()
    assert waiting.return_value == 5


def test_a_chore_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise ValueError("no good")

    done: list[int] = []
    run_rounds(1, fail, lambda: done.append(1))
    assert done == [1]
    assert "The chore 'chore 0' failed." in caplog.text


def test_an_outage_of_the_database_is_outlived(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers = iter([OperationalError("gone")])
    beat = SteadyWorker.beat

    def sometimes(worker: SteadyWorker) -> None:
        if error := next(answers, None):
            raise error
        beat(worker)

    monkeypatch.setattr(SteadyWorker, "beat", sometimes)
    run_rounds(1)
    assert "(database away); trying again" in caplog.text
    call_command("worker", "--alive")


def test_sessions_that_have_ended_are_cleared() -> None:
    Session.objects.create(session_key="old", expire_date=timezone.now() - DAILY)
    Session.objects.create(session_key="new", expire_date=timezone.now() + DAILY)
    for chore in CHORES:
        chore.work()
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_a_long_queue_keeps_no_chore_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "BEAT_EVERY", timedelta(0))
    left: list[int] = []
    for number in range(3):
        sum_of.enqueue(number, number)
    count = Chore("count", timedelta(0), lambda: left.append(waiting()))
    SteadyWorker(interval=0, chores=[count]).run()
    assert left == [2, 1, 0]


def waiting() -> int:
    return DBTaskResult.objects.ready().count()
