"""Count what the insights show of a report: after each change, and in sums.

The verbs write one row of their own report. The worker folds those rows into sums
that the pages read; until then a page adds them by itself, so no number is ever late.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from django.db import transaction
from django.db.models import F, QuerySet

from incidents import models
from incidents.database.prepared import Prepared
from incidents.database.saving import update_row
from incidents.documents.document import Action
from incidents.insights import tallies
from incidents.insights.counting import (
    Counts,
    Place,
    ReportCounts,
    add,
    places_of,
)
from incidents.models import Change, Tally, Total

# So many reports are held at a time.
CHUNK = 500
COLUMNS = [
    field.attname
    for field in Tally._meta.concrete_fields
    if field.attname not in ("incident_id", "folded")
]
# What changes of a row after its report was published.
CHANGING = ("now", "waits", "kept_back", "readers")
Sums = dict[Place, Counts]


def count_report(incident: models.Incident) -> None:
    """Count what was just published."""
    count_reports([incident.pk])


def count_items(incident: models.Incident, actions: Iterable[Action]) -> None:
    """Count its action items as they are now, if it was ever published."""
    items = tallies.items_in(actions)
    change_tally(incident.pk, lambda row: tallies.set_items(row, items))


def count_readers(incident: int) -> None:
    """Count those who have said that they read it."""

    def work(row: Tally) -> None:
        tallies.set_readers(row, tallies.readers_of([row.pk]).get(row.pk, 0))

    change_tally(incident, work)


def count_audience(incident: models.Incident) -> None:
    """Count it as withdrawn or restored, or as seen by other people than before."""
    state, visibility = incident.state, incident.visibility
    change_tally(incident.pk, lambda row: tallies.set_place(row, state, visibility))


def change_tally(incident: int, work: Callable[[Tally], None]) -> None:
    """Let `work` change the locked row of a report, so that two who count do not race.

    In the transaction of a verb. A row that says so already is not written.
    """
    row = HELD.first(None, report=incident)
    if row is None:
        return
    before = dict(row.now)
    work(row)
    if row.now != before:
        row.waits = row.now != row.folded
        update_row(row, *CHANGING)
    if row.kept_back or before["kept_back"]:
        # Others may see it now, even where it counts for the same.
        Change.objects.create(kept_back=True)


def tally_of(shape: None, *, report: int) -> QuerySet[Tally]:
    return Tally.objects.select_for_update().filter(pk=report)


HELD: Final = Prepared(Tally, tally_of)


@transaction.atomic
def count_reports(reports: Collection[int]) -> None:
    """Count these reports anew, from the record."""
    held = Tally.objects.select_for_update().filter(pk__in=reports).order_by("pk")
    before = {row.pk: row for row in held.only("folded", "kept_back")}
    rows = list(tallies.tallies(reports))
    for row in rows:
        row.folded = before[row.pk].folded if row.pk in before else None
        row.waits = row.now != row.folded
    Tally.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["incident"],
        update_fields=COLUMNS,
    )
    if any(row.kept_back for row in (*rows, *before.values())):
        Change.objects.create(kept_back=True)


def fold() -> None:
    """Bring the sums in step with all that waits, a few reports at a time."""
    while fold_some():
        pass
    Change.objects.forget_old()


@transaction.atomic
def fold_some() -> int:
    """Fold up to a chunk of what waits; how many were folded.

    What somebody holds at the moment is left for the next time: nobody waits.
    """
    held = Tally.objects.select_for_update(skip_locked=True).filter(waits=True)
    rows = list(held.order_by("pk").only("now", "folded")[:CHUNK])
    changes: Sums = {}
    for row in rows:
        collect_changes(changes, row.folded, -1)
        collect_changes(changes, row.now, 1)
    add_up(changes)
    done = Tally.objects.filter(pk__in=[row.pk for row in rows])
    done.update(folded=F("now"), waits=False)
    if rows:
        Change.objects.create(kept_back=False)
    return len(rows)


def collect_changes(sums: Sums, counted: ReportCounts | None, times: int) -> None:
    for place, counts in places_of(counted):
        add(sums.setdefault(place, {}), counts, times)


def add_up(changes: Sums) -> None:
    """Write what the sums come to with these changes."""
    held = Total.objects.select_for_update().filter(
        scope__in={place.scope for place in changes},
        label__in={place.label for place in changes},
        month__in={place.month for place in changes},
    )
    there = {place_of(row): row for row in held.order_by("pk")}
    for place, counts in changes.items():
        row = there.setdefault(place, Total(**place._asdict(), counts={}))
        add(row.counts, counts)
        row.counts = {name: number for name, number in row.counts.items() if number}
    changed = [there[place] for place in changes]
    Total.objects.bulk_create([row for row in changed if row.counts and not row.pk])
    Total.objects.bulk_update([row for row in changed if row.pk], ["counts"])
    Total.objects.filter(counts={}).delete()


def place_of(row: Total) -> Place:
    return Place(row.scope, row.label, row.severity, row.month, row.kept_back)
