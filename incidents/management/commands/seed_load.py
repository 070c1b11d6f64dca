"""`manage.py seed_load --incidents N`: a site as large as wanted, for measuring."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from incidents.management.load.loading import load
from incidents.management.samples.seeding import has_content


class Command(BaseCommand):
    help = (
        "Fill an empty database with made-up published postmortems, to measure with. "
        "Its accounts have no password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--incidents", type=int, required=True, metavar="N")

    def handle(self, *, incidents: int, **options: Any) -> None:
        if incidents < 1:
            raise CommandError("Give a number of postmortems, such as 1000.")
        if has_content():
            raise CommandError(
                "This database has content already, and made-up postmortems are hard "
                "to take out again. Use an empty one: set DATABASE_URL and run migrate."
            )
        started = time.monotonic()

        def say(done: str) -> None:
            seconds = time.monotonic() - started
            self.stderr.write(f"{done} after {seconds:.0f} s")

        load(incidents, now=timezone.now(), say=say)
        self.stdout.write(f"{incidents:,} published postmortems are here.")
