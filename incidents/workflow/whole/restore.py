"""Restore the words of an earlier revision."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction

from incidents import models
from incidents.documents.document import Document
from incidents.documents.formats.as_json import UnreadableError, from_json
from incidents.models.part import Part
from incidents.workflow.parts.part_kinds import (
    ACTION,
    ENTRY,
    FACTOR,
    FACTS,
    SECTION,
    PartKind,
    read_facts,
)
from incidents.workflow.parts.save import snapshot
from incidents.workflow.record import lock, revise
from incidents.workflow.refusals import RefusedError
from incidents.workflow.whole.to_rows import sign, write_facts, write_parts

ROWS: tuple[PartKind[Any, Any], ...] = (SECTION, ENTRY, ACTION, FACTOR)


@dataclass(frozen=True, slots=True)
class PartState:
    """A part as it stood at one moment. `value` is a copy; the row moves on."""

    kind: PartKind[Any, Any]
    row: Any
    value: Any
    version: int
    position: int = 0

    @property
    def snapshot(self) -> dict[str, Any]:
        return snapshot(self.value, self.version)


Parts = dict[UUID | None, PartState]


@transaction.atomic
def restore(
    incident: models.Incident,
    revision: models.Revision,
    *,
    by: models.User,
    now: dt.datetime,
) -> models.Revision:
    """A new revision that says what this one says.

    Only the words go back: who may see the postmortem and how far it has come
    stay as they are. Rows are known by their keys, and each that changes gets a
    version above all it ever had, so that a form from before finds its base.
    """
    held = lock(incident, by)
    events = write_over(held, document_of(held, revision), by=by, now=now)
    if not events:
        raise RefusedError(
            f"The postmortem already says what revision {revision.number} says."
        )
    made = revise(
        held, by=by, now=now, note=f"Restored from revision {revision.number}"
    )
    save_events(events, made, by, now)
    return made


def document_of(held: models.Incident, revision: models.Revision) -> Document:
    if revision.incident_id != held.pk:
        raise RefusedError("This revision belongs to another postmortem.")
    try:
        return from_json(revision.document)
    except UnreadableError as error:
        raise RefusedError(str(error)) from error


def write_over(
    held: models.Incident, document: Document, *, by: models.User, now: dt.datetime
) -> list[models.Event]:
    """Let the record say what this document says.

    An event comes back for each part that is not as it was; none is saved yet.
    """
    before = parts(held)
    if read_facts(held) != only_facts(document):
        write_facts(document, held, by=by, now=now)
    write_parts(document, held, by=by, now=now)
    return list(
        differences(before, with_new_versions(held, before, parts(held), by, now))
    )


def only_facts(document: Document) -> Document:
    return replace(document, sections=(), timeline=(), actions=(), factors=())


def parts(held: models.Incident) -> Parts:
    """Every part as it stands now, by key; the facts have none."""
    found: Parts = {None: PartState(FACTS, held, FACTS.read(held), held.version)}
    for kind in ROWS:
        for row in kind.model._default_manager.filter(incident=held):
            found[row.key] = PartState(
                kind, row, kind.read(row), row.version, row.position
            )
    return found


def with_new_versions(
    held: models.Incident,
    before: Parts,
    after: Parts,
    by: models.User,
    now: dt.datetime,
) -> Parts:
    """Give new versions where the rows alone would not have got the right one."""
    settled = dict(after)
    for key, kept in after.items():
        version = kept.version
        if key not in before:
            version = last_version(held, key) + 1
        elif kept.value != before[key].value and version == before[key].version:
            # What a factor points at stands outside its row.
            version += 1
        if version != kept.version:
            settled[key] = replace(kept, version=version)
            renumber(kept.row, version, by, now)
    return settled


def last_version(held: models.Incident, key: UUID | None) -> int:
    """The version in which a row went; forms of it may still be open somewhere."""
    gone = held.events.filter(part=key, before__version__isnull=False).first()
    return int(gone.before["version"]) if gone and gone.before else 0


def renumber(row: Part, version: int, by: models.User, now: dt.datetime) -> None:
    sign(row, by, now)
    row.version = version
    row.save(update_fields=["version", "saved_at", "saved_by", "saved_by_name"])


def differences(before: Parts, after: Parts) -> Iterator[models.Event]:
    """An event for each part that is not as it was."""
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if deed := what_happened(old, new):
            kept = new or old
            assert kept is not None
            yield models.Event(
                what=f"{kept.kind.name} {deed}",
                part=key,
                before=old.snapshot if old else None,
                after=new.snapshot if new else None,
            )


def what_happened(old: PartState | None, new: PartState | None) -> str:
    if old is None:
        return "brought back"
    if new is None:
        return "removed"
    if old.version != new.version:
        return "changed"
    return "moved" if old.position != new.position else ""


def save_events(
    events: list[models.Event],
    revision: models.Revision,
    by: models.User,
    now: dt.datetime,
) -> None:
    for event in events:
        event.incident_id, event.revision = revision.incident_id, revision
        event.actor, event.actor_name, event.at = by, by.name, now
    models.Event.objects.bulk_create(events)
