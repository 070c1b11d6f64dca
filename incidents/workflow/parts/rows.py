"""Add, remove, bring back and move the rows of a postmortem."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from incidents import models
from incidents.documents.formats.as_json import build, plain
from incidents.models.part import Part
from incidents.workflow.parts import order
from incidents.workflow.parts.part_kinds import PartKind, PartRow, Value
from incidents.workflow.parts.save import find, is_there, snapshot
from incidents.workflow.record import lock, record_event
from incidents.workflow.refusals import RefusedError

MOST_ROWS = 20_000


@transaction.atomic
def add(
    kind: PartKind[PartRow, Value],
    incident: models.Incident,
    value: Value,
    *,
    key: UUID,
    by: models.User,
    now: dt.datetime,
    after: UUID | None = None,
) -> PartRow:
    """A new row under the key that its form was given when it was shown.

    The same form sent twice makes one row: a key that came before with the same
    words is the same row. With other words it is another one.
    """
    held = lock(incident, by)
    earlier = held.events.filter(part=key, what=f"{kind.name} added").first()
    if earlier and earlier.after:
        if build(kind.value, earlier.after, kind.name) == value:
            return find(kind, held, key)
        key = uuid4()
    row = make_row(kind, held, key, value, by, now, after)
    seen = snapshot(kind.read(row), row.version)
    record_event(held, f"{kind.name} added", by=by, now=now, part=key, after=seen)
    return row


def make_row(
    kind: PartKind[PartRow, Value],
    held: models.Incident,
    key: UUID,
    value: Value,
    by: models.User,
    now: dt.datetime,
    after: UUID | None,
) -> PartRow:
    rows = kind.model._default_manager.filter(incident=held)
    if rows.count() >= MOST_ROWS:
        raise RefusedError(
            f"A postmortem holds up to {MOST_ROWS:,} rows of a kind. Put the details "
            "into a section or an attached file."
        )
    row = kind.model(incident=held, key=key, position=0)
    kind.write(row, value, by, now)
    order.place_row(row, after)
    return row


@transaction.atomic
def remove(
    kind: PartKind[PartRow, Value],
    incident: models.Incident,
    key: UUID,
    *,
    version: int,
    by: models.User,
    now: dt.datetime,
) -> models.Event:
    """Take a row out. The event that is returned can bring it back.

    A row that was taken out already is not missed: the wish may be sent twice.
    """
    held = lock(incident, by)
    if done := removal_of(kind, held, key):
        return done
    row = find(kind, held, key)
    if row.version != version:
        raise RefusedError(
            f"{row.saved_by_name} changed this while you were looking at it. It is "
            "still here: read it again before you remove it."
        )
    before = {**snapshot(kind.read(row), row.version), **place_and_links(row)}
    row.delete()
    what = f"{kind.name} removed"
    return record_event(held, what, by=by, now=now, part=key, before=before)


def removal_of(
    kind: PartKind[PartRow, Value], held: models.Incident, key: UUID
) -> models.Event | None:
    """The event that removed the row; None if the row is here, or never was."""
    if is_there(kind, held, key):
        return None
    return held.events.filter(part=key, what=f"{kind.name} removed").first()


def place_and_links(row: Part) -> dict[str, Any]:
    """What is needed to bring a row back: the row before it, and its factors."""
    others = type(row)._default_manager.filter(
        incident=row.incident_id, position__lt=row.position
    )
    previous = others.order_by("-position", "-pk").first()
    factors = getattr(row, "factors", None)
    return {
        "after": str(previous.key) if previous else None,
        "factors": [str(f.key) for f in factors.all()] if factors else [],
    }


@transaction.atomic
def bring_back(
    kind: PartKind[PartRow, Value],
    incident: models.Incident,
    event: models.Event,
    *,
    by: models.User,
    now: dt.datetime,
) -> PartRow:
    """Undo a removal: the same row, in its place, pointed at as before."""
    held = lock(incident, by)
    if event.before is None or event.part is None or event.incident_id != held.pk:
        raise RefusedError("There is nothing to bring back here.")
    there = kind.model._default_manager.filter(incident=held, key=event.part).first()
    if there is not None:
        return there
    value = build(kind.value, event.before, kind.name)
    before_it = event.before.get("after")
    after = UUID(before_it) if before_it else None
    row = make_row(kind, held, event.part, value, by, now, after)
    # Above every version it ever had: forms of those may still be open somewhere.
    row.version = event.before["version"] + 1
    row.save(update_fields=["version"])
    if factors := getattr(row, "factors", None):
        factors.set(held.factors.filter(key__in=event.before.get("factors", [])))
    seen = snapshot(kind.read(row), row.version)
    what = f"{kind.name} brought back"
    record_event(held, what, by=by, now=now, part=event.part, after=seen)
    return row


@transaction.atomic
def move(
    kind: PartKind[PartRow, Value],
    incident: models.Incident,
    key: UUID,
    *,
    after: UUID | None,
    by: models.User,
    now: dt.datetime,
) -> PartRow:
    """Put a row after another one, or first."""
    held = lock(incident, by)
    row = find(kind, held, key)
    order.move(row, after)
    placed = {"after": str(after) if after else None, **plain(kind.read(row))}
    record_event(held, f"{kind.name} moved", by=by, now=now, part=key, after=placed)
    return row
