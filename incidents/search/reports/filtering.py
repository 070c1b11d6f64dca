"""Which reports a member asked for."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q

from incidents.database.prepared import Prepared
from incidents.models import User
from incidents.models.labels import folded
from incidents.models.listing import Listing, ListingQuerySet, progress_is
from incidents.search.keyset import Filled, Key, Page, page_of, read_place, rows_behind
from incidents.search.reports.spans import Span

NEWEST: Final = (Filled("started_at"), Filled("incident_id"))
SORTS: Final = {
    "newest": NEWEST,
    "oldest": (
        Filled("started_at", falling=False),
        Filled("incident_id", falling=False),
    ),
    "severity": (Key("rank", falling=False), *NEWEST),
    "published": (Filled("published_at"), Filled("incident_id")),
}
# In place of a name: those that have none.
NONE: Final = "none"
# A page of more reports than these is found sooner by going through all in their order
# than by sorting those that match.
FEW: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedReports:
    """What was asked for; what is empty was not."""

    text: str = ""
    severity: str = ""
    service: str = ""
    tag: str = ""
    factor: str = ""
    noticed: str = ""
    span: Span | None = None
    owner: str = ""
    actions: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


class Shape(NamedTuple):
    """All that the SQL of a page depends on.

    Of the place behind which it begins that is what a column may lack: a rank. There
    are few of them, and none where a date stands.
    """

    rights: frozenset[str]
    wanted: WantedReports
    today: dt.date
    few: bool
    order: tuple[Key, ...]
    size: int
    ranks: tuple[object, ...]


def listed(
    user: User,
    wanted: WantedReports,
    order: Sequence[Key],
    *,
    after: str,
    size: int,
    today: dt.date,
    matching: int,
) -> Page[Listing]:
    """One page of what matches and this person may see; so many match in all."""
    place = read_place(Listing, order, after) or []
    values: dict[str, Any] = {**user.reader_param}
    found = list(zip(order, place, strict=False))
    ranks = tuple(None if isinstance(key, Filled) else value for key, value in found)
    values |= {
        f"at_{n}": value
        for n, (key, value) in enumerate(found)
        if isinstance(key, Filled)
    }
    few = matching <= FEW
    shape = Shape(user.rights, wanted, today, few, tuple(order), size, ranks)
    return page_of(LISTED.rows(shape, **values), order, size)


def rows_of(shape: Shape, *, reader: int = 0, **place: object) -> ListingQuerySet:
    reports = Listing.objects.visible_to(User.placeholder(reader, shape.rights))
    search = find if shape.few else among
    found = search(reports, shape.wanted, today=shape.today)
    behind = [place.get(f"at_{n}", rank) for n, rank in enumerate(shape.ranks)]
    return rows_behind(found, shape.order, behind or None, shape.size)


LISTED: Final = Prepared(Listing, rows_of)


def find(
    rows: ListingQuerySet, wanted: WantedReports, *, today: dt.date, but: str = ""
) -> ListingQuerySet:
    """Those that match; `but` names a condition that is left out."""
    for name, condition in conditions(wanted, today).items():
        if name != but:
            rows = rows.filter(condition)
    return rows


def among(
    rows: ListingQuerySet, wanted: WantedReports, *, today: dt.date
) -> ListingQuerySet:
    """As `find`, for one page of very many rows that match."""
    for kind, name in (("service", wanted.service), ("tag", wanted.tag)):
        if name:
            rows = rows.filter(bears(kind, name))
    return find(rows, replace(wanted, service="", tag=""), today=today)


def bears(kind: str, name: str) -> Exists:
    """Asked report by report, so that no database gathers all that bear it."""
    same = {"listing": OuterRef("pk"), f"{kind}__folded": folded(name)}
    if kind == "service":
        return Exists(Listing.services.through.objects.filter(**same))
    return Exists(Listing.tags.through.objects.filter(**same))


def conditions(wanted: WantedReports, today: dt.date) -> Mapping[str, Q]:
    """What is asked of a row; its words are looked for in the index."""
    found = facts(wanted)
    if wanted.factor:
        found["factor"] = Q(categories__folded=folded(wanted.factor))
    if wanted.noticed:
        noticed = "" if wanted.noticed == NONE else wanted.noticed
        found["noticed"] = Q(incident__tally__noticed=noticed)
    if wanted.span:
        found["span"] = wanted.span.condition
    if wanted.actions:
        found["actions"] = progress_is(wanted.actions, today)
    return found


def facts(wanted: WantedReports) -> dict[str, Q]:
    """What is asked of a report or an incident alike."""
    found = {}
    if wanted.severity == NONE:
        found["severity"] = Q(severity=None)
    elif wanted.severity:
        found["severity"] = Q(severity__name__iexact=wanted.severity)
    if wanted.service:
        found["service"] = Q(services__folded=folded(wanted.service))
    if wanted.tag:
        found["tag"] = Q(tags__folded=folded(wanted.tag))
    if wanted.owner:
        found["owner"] = Q(owner__username=wanted.owner)
    if wanted.since:
        found["since"] = Q(started_at__date__gte=wanted.since)
    if wanted.until:
        found["until"] = Q(started_at__date__lte=wanted.until)
    return found
