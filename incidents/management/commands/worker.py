"""The background process: runs queued tasks and chores, and shows that it lives."""

import logging
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import timedelta
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from incidents.database.outage import let_go, outage_of
from incidents.delivery.chores import CHORES, Chore
from incidents.models import Heartbeat

NAME = "worker"
# Seconds of rest before the next look at the queue; a stop takes no longer.
INTERVAL = 1.0
BEAT_EVERY = timedelta(seconds=10)
logger = logging.getLogger("incidents.worker")


class SteadyWorker(Worker):
    """Drains the queue, does what chores are due, beats; then sleeps and repeats.

    Outlives an outage of the database, and finishes what it is doing before it
    stops.
    """

    def __init__(self, *, interval: float, chores: Sequence[Chore]) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self.chores = chores
        self.beat_at = timezone.now() - BEAT_EVERY

    def work(self) -> None:
        while self.running:
            try:
                self.round()
            except Error as error:
                outage = outage_of(error)
                if outage is None:
                    raise
                logger.warning("Work is held up (%s); trying again.", outage.value)
                let_go()
            if self.running:
                time.sleep(self.interval)

    def round(self) -> None:
        self.beat()
        self.do_chores()
        self.run()

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        """A long queue is no silence, and keeps no chore waiting."""
        super().run_task(db_task_result)
        if self.beat():
            self.do_chores()

    def beat(self) -> bool:
        """A sign of life, where the last one is not fresh; whether it was due."""
        now = timezone.now()
        # In either direction: a clock that was put back is no reason for silence.
        due = abs(now - self.beat_at) >= BEAT_EVERY
        if due:
            Heartbeat.objects.beat(NAME, now=now)
            self.beat_at = now
        return due

    def do_chores(self) -> None:
        for chore in self.chores:
            if self.running and Heartbeat.objects.claim(
                chore.name, every=chore.every, now=timezone.now()
            ):
                self.do(chore)

    def do(self, chore: Chore) -> None:
        try:
            chore.work()
        except Exception:
            logger.exception("The chore %r failed.", chore.name)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Ends the loop after what is in hand, so that no claimed task is lost.

        A second signal changes nothing: Ctrl-C often brings one with it.
        """
        self.running = False


class Command(BaseCommand):
    help = "Runs background tasks and daily chores until it is told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--alive",
            action="store_true",
            help="Run nothing; fail unless a worker has shown that it lives.",
        )

    def handle(self, *, alive: bool, **options: Any) -> None:
        if alive:
            refuse_silence()
        else:
            self.work()

    def work(self) -> None:
        worker = SteadyWorker(interval=INTERVAL, chores=CHORES)
        worker.configure_signals()
        logger.info("The worker has started.")
        worker.work()
        logger.info("The worker has stopped.")


def refuse_silence() -> None:
    oldest = timezone.now() - settings.WORKER_SILENCE
    if not Heartbeat.objects.beats_since(oldest, name=NAME):
        raise CommandError("No worker has shown a sign of life for a while.")
