"""`manage.py reindex`: make what search finds anew, or see whether it is right."""

from argparse import ArgumentParser
from itertools import islice
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from incidents.models import Incident
from incidents.search.words import drift
from incidents.search.words.index import rebuild

MOST_NAMED: Final = 20


class Command(BaseCommand):
    help = "Rebuild the search index from the record while the site runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        either = parser.add_mutually_exclusive_group()
        either.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; end with 1 if the index differs from the record.",
        )
        either.add_argument(
            "--missing",
            action="store_true",
            help="Index only what is not in the index yet, as after an upgrade.",
        )

    def handle(self, *, check: bool, missing: bool, **options: Any) -> None:
        if check:
            self.compare()
        elif missing:
            self.rebuild(drift.missing())
        else:
            done = self.rebuild(Incident.objects.all())
            drift.delete_orphans()
            self.stdout.write(f"The index holds {done} postmortems as they are now.")

    def compare(self) -> None:
        astray = list(islice(drift.drift(), MOST_NAMED + 1))
        if not astray:
            self.stdout.write("The index says what the record says.")
            return
        named = ", ".join(f"PM-{number}" for number in astray[:MOST_NAMED])
        more = " and others" if len(astray) > MOST_NAMED else ""
        raise CommandError(
            f"Search is not in step with {named}{more}. Run `manage.py reindex`."
        )

    def rebuild(self, incidents: QuerySet[Incident]) -> int:
        count = incidents.count()
        return rebuild(incidents, lambda done: self.progress(done, count))

    def progress(self, done: int, count: int) -> None:
        if done % 500 == 0 or done == count:
            self.stderr.write(f"{done} of {count} postmortems indexed")
