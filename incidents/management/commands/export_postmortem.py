"""`manage.py export_postmortem 42`: one postmortem out, or all of them as a zip."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from incidents.models import Incident, Visibility
from incidents.workflow.whole.exporting import FORMATS, export_all
from incidents.workflow.whole.to_document import to_document


class Command(BaseCommand):
    help = "Print one postmortem, or write all of them into a zip of Markdown files."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="?", help="42, or PM-42.")
        parser.add_argument(
            "--format", choices=["markdown", "json"], default="markdown"
        )
        parser.add_argument(
            "--all", metavar="FILE.zip", help="Write every postmortem into this file."
        )

    def handle(self, *, number: str | None, **options: Any) -> None:
        if (number is None) == (options["all"] is None):
            raise CommandError("Give the number of a postmortem, or --all FILE.zip.")
        if number is None:
            self.write_all(Path(options["all"]))
        else:
            document = to_document(incident_called(number))
            self.stdout.write(FORMATS[options["format"]](document), ending="")

    def write_all(self, path: Path) -> None:
        try:
            with whole_or_gone(path) as file:
                count = sum(1 for _ in export_all(file))
        except FileExistsError as error:
            raise CommandError(
                f"There is a file {path} already. Name another one, or remove it."
            ) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error}.") from error
        self.stdout.write(f"{count} postmortems are in {path}.")
        restricted = Incident.objects.filter(visibility=Visibility.RESTRICTED)
        if labels := [incident.label for incident in restricted.order_by("number")]:
            self.stderr.write(
                f"Restricted here: {', '.join(labels)}. Their files do not say so: "
                "imported, they are drafts that everybody who writes can see."
            )


@contextmanager
def whole_or_gone(path: Path) -> Iterator[IO[bytes]]:
    """A new file; what stopped half-way stands in nobody's way afterwards."""
    with path.open("xb") as file:
        try:
            yield file
        except BaseException:
            path.unlink()
            raise


def incident_called(number: str) -> Incident:
    digits = number.upper().removeprefix("PM-")
    known = digits.isascii() and digits.isdigit() and len(digits) < 19
    incident = Incident.objects.filter(pk=int(digits)).first() if known else None
    if incident is None:
        raise CommandError(f"There is no postmortem {number}.")
    return incident
