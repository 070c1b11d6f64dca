"""What `import_postmortem` does with each document: only look, or import it."""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from incidents.documents.document import Document, Person
from incidents.documents.importing.as_import import as_import
from incidents.documents.importing.fitting import zone_remarks
from incidents.documents.importing.incoming import Incoming, read_incoming
from incidents.documents.parse import Parsed, ParseError, parse
from incidents.models import User
from incidents.workflow.refusals import RefusedError, words_of
from incidents.workflow.whole.importing import Outcome, import_document, reimport

logger = logging.getLogger("incidents.importing")


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file's object for scripts, its line for people, and whether it failed."""

    line: str
    data: dict[str, Any]
    failed: bool = False
    remarks: Sequence[str] = field(default_factory=tuple)


class Mode(Protocol):
    def take(self, one: Incoming, parsed: Parsed) -> FileResult: ...


def read_all(paths: Sequence[str]) -> Iterator[Incoming]:
    """Every document of these files, in the order given."""
    for path in paths:
        try:
            with Path(path).open("rb") as file:
                yield from read_incoming(Path(path).name, file)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            yield Incoming(path, error=f"The file cannot be opened: {reason}.")


def process(one: Incoming, mode: Mode, now: dt.datetime) -> FileResult:
    """Read one document and do with it what this run does."""
    try:
        if one.error:
            raise ParseError(one.error)
        return mode.take(one, parse(one.text, name=one.title_hint, now=now))
    except (ParseError, RefusedError, ValidationError) as refusal:
        return unread(one, words_of(refusal))
    except Exception as error:
        # Whatever it was, it is this file's: the others must go on.
        logger.exception("The file %r could not be imported.", one.name)
        return unread(one, f"Something went wrong here while it was read: {error!r}.")


def unread(one: Incoming, error: str) -> FileResult:
    """The object of a file that could not be read: it keeps the file's place."""
    nothing = as_import(Parsed(Document(title=""), source=one.title_hint))
    data = {**nothing, "title": None, "warnings": [error], "error": error}
    return FileResult(f"{one.name} could not be read. {error}", data, failed=True)


class DryRun:
    """Stores nothing, and asks the database nothing."""

    def take(self, one: Incoming, parsed: Parsed) -> FileResult:
        document = parsed.document
        line = (
            f"{one.name}: “{document.title}”, {len(document.sections)} sections, "
            f"{len(document.timeline)} timeline entries, "
            f"{len(document.actions)} action items"
        )
        remarks = [remark.sentence for remark in parsed.warnings]
        return FileResult(line, as_import(parsed), remarks=remarks)


@dataclass(frozen=True, slots=True)
class Import:
    """Makes each document a draft of this person's, who also `owns` those that
    name no owner."""

    by: User
    zone: str
    now: dt.datetime
    revise: bool
    owns: bool = False

    def take(self, one: Incoming, parsed: Parsed) -> FileResult:
        document = parsed.document
        if self.owns and document.owner is None:
            owner = Person(name=self.by.name, account=self.by.username)
            document = replace(document, owner=owner)
        what: dict[str, Any] = {"zone": self.zone, "by": self.by, "now": self.now}
        what |= {"text": one.text, "name": one.name}
        done = import_document(document, **what)
        word = WORDS[done.outcome]
        if done.outcome is Outcome.CHANGED and self.revise:
            reimport(done.incident, document, **what)
            word = "became the next revision of"
        remarks = [remark.sentence for remark in parsed.warnings]
        assumed = zone_remarks(document, self.zone)
        data = {
            **as_import(parsed),
            "outcome": word.partition(" ")[0],
            "number": done.incident.number,
        }
        return FileResult(
            f"{one.name} {word} {done.incident}",
            data,
            remarks=[*remarks, *assumed, *done.remarks]
            if done.outcome is Outcome.MADE
            else (),
        )


WORDS = {
    Outcome.MADE: "imported as",
    Outcome.EXISTS: "exists as",
    Outcome.CHANGED: "changed since it was imported (give --revise to bring it) as",
}
