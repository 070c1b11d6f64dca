"""Write the whole site into one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents.delivery.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Writes the whole site (record, history, accounts, pictures) into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            back_up(file, self.stderr.write)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file} holds the whole site.")
