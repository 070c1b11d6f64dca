"""Count everything anew, or say what is out of step. For restores and bulk loads."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, QuerySet

from incidents.insights.counting import EVER, add
from incidents.insights.tallies import tallies
from incidents.models import Change, Incident, Listing, Tally, Total
from incidents.workflow.counting.tallying import (
    CHUNK,
    COLUMNS,
    Sums,
    collect_changes,
    count_reports,
    fold,
    place_of,
)

# What a sum is only on its way to: the rows compare without it.
OWN = [name for name in COLUMNS if name != "waits"]


def recount() -> Iterator[int]:
    """Count every report anew; says after each chunk how many are counted."""
    done = 0
    for reports in chunks(Listing.objects.all()):
        count_reports(reports)
        done += len(reports)
        yield done
    sum_up()


def count_missing() -> None:
    """Count the reports of a version that kept no numbers for the insights yet."""
    for reports in chunks(not_counted()):
        count_held(reports)


def not_counted() -> QuerySet[Listing]:
    return Listing.objects.filter(incident__tally=None)


@transaction.atomic
def count_held(reports: list[int]) -> None:
    """Count these, locked: whoever changes one of them waits, and counts after us."""
    rows = Incident.objects.filter(pk__in=reports).order_by("pk")
    held = rows.select_for_update(no_key=True).values_list("pk", flat=True)
    count_reports(list(held))


def chunks(rows: QuerySet[Listing]) -> Iterator[list[int]]:
    """The numbers of these reports, from the oldest one on."""
    last = 0
    while True:
        later = rows.filter(pk__gt=last).order_by("pk")
        reports = list(later.values_list("pk", flat=True)[:CHUNK])
        if not reports:
            return
        last = reports[-1]
        yield reports


@transaction.atomic
def sum_up() -> None:
    """Write all sums anew. Month by month, so that memory stays small."""
    list(Tally.objects.select_for_update().order_by("pk").values_list("pk"))
    Total.objects.all().delete()
    for sums in months():
        Total.objects.bulk_create(
            (Total(**place._asdict(), counts=counts) for place, counts in sums.items()),
            batch_size=CHUNK,
        )
    Tally.objects.filter(waits=True).update(folded=F("now"), waits=False)
    Change.objects.create(kept_back=False)


def months() -> Iterator[Sums]:
    """The sums of each month, then those of all time."""
    ever: Sums = {}
    known = Tally.objects.order_by("month").values_list("month", flat=True)
    for month in known.distinct():
        sums: Sums = {}
        rows = Tally.objects.filter(month=month).values_list("now", flat=True)
        for counted in rows.iterator(CHUNK):
            collect_changes(sums, counted, 1)
        for place in [place for place in sums if place.month == EVER]:
            add(ever.setdefault(place, {}), sums.pop(place))
        yield sums
    yield ever


def drift() -> Iterator[str]:
    """What is out of step, in words; nothing where all is well and nobody writes."""
    fold()
    for reports in chunks(Listing.objects.all()):
        yield from drift_of(reports)
    there = {place_of(row): row.counts for row in Total.objects.iterator(CHUNK)}
    for sums in months():
        for place, counts in sums.items():
            if there.pop(place, {}) != counts:
                yield f"A sum does not add up: {place}."
    yield from (f"A sum of nothing: {place}." for place in there)


def drift_of(reports: list[int]) -> Iterator[str]:
    there = Tally.objects.in_bulk(reports)
    for fresh in tallies(reports):
        kept = there.get(fresh.pk)
        if kept is None:
            yield f"PM-{fresh.pk} is not counted."
        elif any(getattr(kept, name) != getattr(fresh, name) for name in OWN):
            yield f"PM-{fresh.pk} is counted as it was, not as it is."
        elif kept.now != kept.folded:
            yield f"PM-{fresh.pk} waits, and is not marked as waiting."
