"""`manage.py recount`: count for the insights anew, or say what is out of step."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from incidents.workflow.counting.recounting import drift, recount


class Command(BaseCommand):
    help = "Count what the insights show anew, from the published reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Only say what is out of step, and exit with 1 if anything is. Run "
            "it while nobody writes.",
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        if check:
            self.check_all()
            return
        done = 0
        for done in recount():
            self.stdout.write(f"{done:,} reports counted.")
        self.stdout.write(self.style.SUCCESS(f"All {done:,} reports are counted."))

    def check_all(self) -> None:
        found = list(drift())
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError("Run “manage.py recount” to count anew.")
        self.stdout.write(self.style.SUCCESS("Every number is in step."))
