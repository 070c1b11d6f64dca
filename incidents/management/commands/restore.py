"""Fill an empty site from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents.delivery.backup import BackupError, restore


class Command(BaseCommand):
    help = "Fills a new, migrated database with what a backup holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            restore(file, self.stderr.write)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The site is as it was when the backup was made.")
