"""`manage.py import_postmortem FILE…`: Markdown in, from files and zips."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from incidents.management.import_files import (
    DryRun,
    FileResult,
    Import,
    Mode,
    process,
    read_all,
)
from incidents.models import User, zone_names
from incidents.permissions import may_write


class Command(BaseCommand):
    help = (
        "Import postmortems written in Markdown, each as a draft. A file that cannot "
        "be read is named, and the others are still imported."
    )
    # A dry run asks nothing of the site, so it needs none that is well.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="Markdown or zip.")
        for name, text in (
            ("--dry-run", "Only say what would be read; store nothing."),
            ("--json", "Print one JSON array, with an object for each file."),
            ("--revise", "Make a newer text of a postmortem its next revision."),
        ):
            parser.add_argument(name, action="store_true", help=text)
        parser.add_argument(
            "--as",
            dest="username",
            default="",
            metavar="USERNAME",
            help="Whose drafts they become, and who owns those that name no owner. "
            "Without it: the first admin's.",
        )
        parser.add_argument(
            "--zone",
            default="UTC",
            help="Where times were written that name no zone, such as Europe/Berlin.",
        )

    def handle(self, *, files: Sequence[str], **options: Any) -> None:
        if options["zone"] not in zone_names():
            raise CommandError(
                f"“{options['zone']}” is not a time zone. Give one such as "
                "Europe/Berlin or UTC."
            )
        done = self.results(files, options)
        show = self.show_json if options["json"] else self.show_lines
        total, failed = show(done, many=len(files) > 1)
        if failed:
            raise CommandError(f"{failed} of {total} files could not be read.")

    def results(
        self, files: Sequence[str], options: dict[str, Any]
    ) -> Iterator[FileResult]:
        now = timezone.now()
        mode: Mode = DryRun()
        if not options["dry_run"]:
            by = whose(options["username"])
            owns = bool(options["username"])
            mode = Import(by, options["zone"], now, options["revise"], owns)
        return (process(one, mode, now) for one in read_all(files))

    def show_json(self, done: Iterator[FileResult], *, many: bool) -> tuple[int, int]:
        """The objects as they come, so that a thousand files need no more memory."""
        total = failed = 0
        self.stdout.write("[", ending="")
        for total, one in enumerate(done, 1):
            failed += one.failed
            comma = ",\n" if total > 1 else "\n"
            text = json.dumps(one.data, ensure_ascii=False, indent=2)
            self.stdout.write(f"{comma}{text}", ending="")
            if many or one.failed:
                self.stderr.write(f"{total}: {one.line}")
        self.stdout.write("\n]")
        return total, failed

    def show_lines(self, done: Iterator[FileResult], *, many: bool) -> tuple[int, int]:
        total = failed = 0
        for one in done:
            total, failed = total + 1, failed + one.failed
            (self.stderr if one.failed else self.stdout).write(one.line)
            for remark in one.remarks:
                self.stdout.write(f"    {remark}")
        if many or total > 1:
            self.stdout.write(f"{total - failed} of {total} files were read.")
        return total, failed


def whose(username: str) -> User:
    """The account that the drafts will belong to, or a `CommandError`."""
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None or not may_write(user):
            raise CommandError(
                f"“{username}” is not the account of an author. Give --as the user "
                "name of somebody who may write."
            )
        return user
    admins = User.objects.with_rights().filter(
        Q(is_superuser=True) | Q(has_manage_site=True), is_active=True
    )
    user = next((one for one in admins.order_by("pk") if may_write(one)), None)
    if user is None:
        raise CommandError(
            "There is no admin yet whose drafts they could become. Make one with "
            "createsuperuser, or say whose with --as USERNAME."
        )
    return user
