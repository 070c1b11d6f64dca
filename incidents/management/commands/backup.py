"""Write the whole site into one file, or say where the site differs from one."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents.delivery.backup import BackupError, back_up, differences


class Command(BaseCommand):
    help = "Writes the whole site (record, history, accounts, pictures) into one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file to write")
        parser.add_argument(
            "--compare",
            action="store_true",
            help="Write nothing; fail unless the site is exactly what FILE holds.",
        )

    def handle(
        self, *args: Any, file: Path, compare: bool = False, **options: Any
    ) -> None:
        try:
            self.compare(file) if compare else self.write(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error

    def write(self, file: Path) -> None:
        try:
            back_up(file, self.progress)
        except OSError as error:
            reason = error.strerror or str(error)
            where = f" ({error.filename})" if error.filename else ""
            raise CommandError(f"{file} could not be made: {reason}{where}.") from error
        self.stdout.write(f"{file} holds the whole site.")

    def compare(self, file: Path) -> None:
        if found := differences(file, self.progress):
            raise CommandError(f"The site differs from {file} in: {', '.join(found)}.")
        self.stdout.write(f"The site is exactly what {file} holds.")

    def progress(self, sentence: str) -> None:
        """For who looks on; what cron runs at night says one line."""
        if self.stderr.isatty():
            self.stderr.write(sentence)
