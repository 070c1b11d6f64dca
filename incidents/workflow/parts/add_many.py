"""Add many timeline entries in one transaction, each where its time belongs."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction

from incidents import models
from incidents.documents.document import Entry
from incidents.workflow.parts import order
from incidents.workflow.parts.part_kinds import ENTRY
from incidents.workflow.parts.rows import MOST_ROWS
from incidents.workflow.parts.save import snapshot
from incidents.workflow.record import lock, revise
from incidents.workflow.refusals import RefusedError
from incidents.workflow.whole.to_rows import sign
from incidents.workflow.whole.values import entry_values


@transaction.atomic
def add_entries(
    incident: models.Incident,
    entries: Sequence[Entry],
    *,
    batch: UUID,
    by: models.User,
    now: dt.datetime,
) -> int:
    """Add these entries, and say how many were new.

    `batch` names the form that was sent: sent twice, it adds its rows once.
    """
    held = lock(incident, by)
    keys = [uuid5(batch, str(place)) for place in range(len(entries))]
    if held.events.filter(part__in=keys[:1]).exists():
        return 0
    there = list(held.timeline.all())
    if len(there) + len(entries) > MOST_ROWS:
        raise RefusedError(f"A timeline holds up to {MOST_ROWS:,} entries.")
    rows = [
        entry_row(held, key, entry, by, now)
        for key, entry in zip(keys, entries, strict=True)
    ]
    places = {row.pk: row.position for row in there}
    for position, row in enumerate(order.merge_entries(there, rows)):
        row.position = position
    moved = [row for row in there if row.position != places[row.pk]]
    models.TimelineEntry.objects.bulk_update(moved, ["position"], batch_size=500)
    models.TimelineEntry.objects.bulk_create(rows)
    record_added(held, rows, by, now)
    return len(rows)


def entry_row(
    held: models.Incident, key: UUID, entry: Entry, by: models.User, now: dt.datetime
) -> models.TimelineEntry:
    values = entry_values(entry, held.tzinfo)
    row = models.TimelineEntry(incident=held, key=key, position=0, **values)
    sign(row, by, now)
    row.clean_fields(exclude={"incident", "saved_by"})
    row.validate_constraints(exclude={"key"})
    return row


def record_added(
    held: models.Incident,
    rows: Sequence[models.TimelineEntry],
    by: models.User,
    now: dt.datetime,
) -> None:
    revision = revise(held, by=by, now=now)
    models.Event.objects.bulk_create(
        models.Event(
            incident=held,
            revision=revision,
            actor=by,
            actor_name=by.name,
            at=now,
            what="entry added",
            part=row.key,
            after=snapshot(ENTRY.read(row), row.version),
        )
        for row in rows
    )
