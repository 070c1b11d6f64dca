"""Bring a written postmortem into the record: once, and its newer texts after it."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import sha256
from pathlib import PurePath
from typing import Final

from django.db import connection, transaction
from django.db.models import Case, IntegerField, Q, QuerySet, When

from incidents import models
from incidents.database.prepared import Prepared, equals_ignoring_case
from incidents.documents.comparing.matching import carry_over
from incidents.documents.document import Action, Document, Participant, Person
from incidents.documents.importing.fitting import fit, in_place
from incidents.documents.parse.reading import UNTITLED
from incidents.documents.parse.source import tidy
from incidents.permissions import may_write
from incidents.workflow.parts.rows import MOST_ROWS
from incidents.workflow.record import lock, revise
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.whole.create import create
from incidents.workflow.whole.people import people_called
from incidents.workflow.whole.restore import save_events, write_over
from incidents.workflow.whole.to_document import to_document

NOTE = "Imported again"
# Names that say nothing of which incident a file tells.
ANY_NAME = re.compile(r"(?:read-?me|index|post-?mortem|incident|report|notes|)", re.I)


class Outcome(Enum):
    MADE = "made"
    EXISTS = "exists"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a text: a new record, or the one that has it already.

    `CHANGED`: nothing was stored, because `incident` seems to hold an earlier
    text of the same postmortem. `reimport` would make it a new revision.
    """

    incident: models.Incident
    outcome: Outcome
    remarks: tuple[str, ...] = ()


def hash_of(text: str) -> str:
    """The same for the same text, whatever its line ends and byte order mark."""
    return sha256(tidy(text).encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def import_document(
    document: Document,
    text: str,
    name: str,
    *,
    zone: str,
    by: models.User,
    now: dt.datetime,
    anew: bool = False,
) -> Imported:
    """A draft that says what this text says; never a second one of the same text.

    `anew` makes one even where a record seems to hold an earlier text of it.
    """
    refuse_readers(by)
    refuse_too_many(document)
    digest = hash_of(text)
    one_at_a_time(digest)
    if there := same_text(digest, by):
        return Imported(there, Outcome.EXISTS)
    if not anew and (there := earlier_text(document, name, zone=zone, by=by)):
        return Imported(there, Outcome.CHANGED)
    fitted = fit(document, zone, severities())
    incident = create(
        with_accounts(fitted.document),
        by=by,
        now=now,
        source_name=name[-255:],
        source_hash=digest,
    )
    return Imported(incident, Outcome.MADE, fitted.remarks)


@transaction.atomic
def reimport(
    incident: models.Incident,
    document: Document,
    text: str,
    name: str,
    *,
    zone: str,
    by: models.User,
    now: dt.datetime,
    read: Document | None = None,
) -> models.Revision:
    """A newer text of this postmortem as its next revision.

    Rows that the text still has stay the same rows, with what was done to them
    here; rows that were added here stay too. `read` is the text as it was read,
    where somebody has mended `document` since.
    """
    refuse_too_many(document)
    held = lock(incident, by)
    fitted = fit(document, zone or held.zone, severities()).document
    old, new = to_document(held), with_accounts(fitted)
    wanted = carry_over(old, new, added_here(held), read)
    events = write_over(held, wanted, by=by, now=now)
    for event in events:
        event.what = event.what.replace("brought back", "added")
    held.source, held.source_name = models.Source.IMPORTED, name[-255:]
    held.source_hash = hash_of(text)
    held.save(update_fields=["source", "source_name", "source_hash"])
    made = revise(held, by=by, now=now, note=f"{NOTE} from {name or 'a text'}"[:200])
    save_events(events, made, by, now)
    return made


def severities() -> list[str]:
    """The names of the severities that this site has."""
    return list(models.Severity.objects.values_list("name", flat=True))


def refuse_readers(by: models.User) -> None:
    if not may_write(by):
        raise NotAllowedError(
            "Only authors can import a postmortem. Ask an admin for the role."
        )


def refuse_too_many(document: Document) -> None:
    rows = {
        "sections": document.sections,
        "timeline entries": document.timeline,
        "action items": document.actions,
    }
    for what, found in rows.items():
        if len(found) > MOST_ROWS:
            raise RefusedError(
                f"The document has {len(found):,} {what}; a postmortem holds up to "
                f"{MOST_ROWS:,}. Is it a log? Keep what people need to know."
            )


def one_at_a_time(digest: str) -> None:
    """Let one import of this text run at a time, until its transaction ends.

    No row stands for a text that is not here yet, so PostgreSQL locks its hash.
    SQLite has already locked when its transaction began.
    """
    if connection.vendor == "postgresql":
        number = int(digest[:16], 16) - 2**63
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def same_text(digest: str, by: models.User) -> models.Incident | None:
    """The record of this very text, if this person may know of it."""
    return SAME_TEXT.first(by.rights, digest=digest, **by.reader_param)


def with_text(
    rights: frozenset[str], *, digest: str, reader: int = 0
) -> QuerySet[models.Incident]:
    user = models.User.placeholder(reader, rights)
    seen = models.Incident.objects.visible_to(user).filter(source_hash=digest)
    return seen.order_by("number")[:1]


SAME_TEXT: Final = Prepared(models.Incident, with_text)


def earlier_text(
    document: Document, name: str, *, zone: str, by: models.User
) -> models.Incident | None:
    """The record that this may be a newer text of: its file's name, or its facts.

    Of several it is the newest that this person owns or began, else the newest.
    """
    placed = in_place(document, zone)
    # A pasted text has no file to be known by; asking once too often is cheap.
    is_pasted = not name and placed.title != UNTITLED
    known: dict[str, str | dt.datetime] = {}
    if placed.started_at:
        known["start"] = placed.started_at
    if placed.started_at or is_pasted:
        known["title"] = placed.title[:200]
    if not ANY_NAME.fullmatch(PurePath(name).stem):
        known["name"] = name[-255:]
    if not known or not may_write(by):
        return None
    shape = (by.rights, tuple(known), is_pasted)
    return EARLIER_TEXT.first(shape, mine=by.pk, **known, **by.reader_param)


def with_earlier_text(
    shape: tuple[frozenset[str], tuple[str, ...], bool],
    *,
    mine: int,
    title: str = "",
    start: dt.datetime | None = None,
    name: str = "",
    reader: int = 0,
) -> QuerySet[models.Incident]:
    rights, _, is_pasted = shape
    same_title = Q(equals_ignoring_case("title", title))
    query = same_title & Q(started_at=start) if start else Q()
    if is_pasted:
        query |= same_title & Q(started_at=None) if start else same_title
    if name:
        query |= Q(source_name=name)
    rows = models.Incident.objects.editable_by(models.User.placeholder(reader, rights))
    is_mine = When(Q(owner=mine) | Q(created_by=mine), then=0)
    mine_first = Case(is_mine, default=1, output_field=IntegerField())
    found = rows.filter(query, source=models.Source.IMPORTED)
    return found.order_by(mine_first, "-number")[:1]


EARLIER_TEXT: Final = Prepared(models.Incident, with_earlier_text)


def says_the_same(incident: models.Incident, document: Document) -> bool:
    """Whether a text, such as an export of ours, holds nothing that is new."""
    return to_document(incident) == with_accounts(document)


def added_here(held: models.Incident) -> frozenset[str]:
    """The keys of rows that people added in the record, not by a text."""
    events = held.events.filter(what__endswith=" added", part__isnull=False)
    keys = events.exclude(revision__note__startswith=NOTE).values_list(
        "part", flat=True
    )
    return frozenset(str(key) for key in keys)


def with_accounts(document: Document) -> Document:
    """The document with the accounts of those people who have one here."""
    people = [document.owner, *(one.person for one in document.participants)]
    people += [item.owner for item in document.actions]
    names = sorted({one.name for one in people if one and not one.account})
    known = {
        name: person
        for name, person in zip(names, people_called(names), strict=True)
        if person.account
    }

    def meant(person: Person | None) -> Person | None:
        if person is None or person.account:
            return person
        return known.get(person.name, person)

    def helper(one: Participant) -> Participant:
        return replace(one, person=known.get(one.person.name, one.person))

    def item(action: Action) -> Action:
        return replace(action, owner=meant(action.owner))

    return replace(
        document,
        owner=meant(document.owner),
        participants=tuple(map(helper, document.participants)),
        actions=tuple(map(item, document.actions)),
    )
