"""`manage.py seed_demo`: accounts and postmortems for a first look around."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from incidents.management.samples.people import ACCOUNTS
from incidents.management.samples.seeding import (
    SIGN_IN_WITH,
    has_content,
    is_seeded,
    seed,
)


class Command(BaseCommand):
    help = "Fill an empty site with sample accounts and five sample postmortems."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="Make the sample accounts even where DEBUG is off. Their password "
            "is known to everybody.",
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Leave a site with other content as it is, without complaint.",
        )

    def handle(self, *, force: bool, if_empty: bool, **options: Any) -> None:
        if is_seeded():
            self.stdout.write("The sample content is already here. Nothing changed.")
        elif has_content() and if_empty:
            self.stdout.write("This site has its own content. Nothing changed.")
        else:
            self.fill(force)

    def fill(self, force: bool) -> None:
        if has_content():
            raise CommandError(
                "This database has other content, so no samples were added. Use an "
                "empty database: set DATABASE_URL to another one and run migrate."
            )
        if not (settings.DEBUG or force):
            raise CommandError(
                "DEBUG is off, and everybody knows the password of the sample "
                "accounts. Nothing was added; give --force if you want them here."
            )
        seed(timezone.now())
        self.stdout.write(self.style.SUCCESS("Five sample postmortems are here."))
        self.stdout.write(f"Log in with the password “{SIGN_IN_WITH}” as:")
        for person in ACCOUNTS:
            self.stdout.write(f"  {person.account:<10}{person.name}")
