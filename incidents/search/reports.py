"""Which reports a member asked for, and what the listing may offer them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import (
    CharField,
    Count,
    Exists,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, Publication, Service, Severity, Tag
from incidents.models.incident import IncidentQuerySet
from incidents.search.keyset import Key

NEWEST: Final = (Key("started_at"), Key("number"))
SORTS = {
    "newest": NEWEST,
    "oldest": (Key("started_at", falling=False), Key("number", falling=False)),
    "severity": (Key("severity__rank", falling=False), *NEWEST),
}

KINDS: Final[tuple[tuple[str, type[Model], str], ...]] = (
    ("severity", Severity, "severity"),
    ("service", Service, "services"),
    ("tag", Tag, "tags"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for; what is empty was not."""

    text: str = ""
    severity: str = ""
    service: str = ""
    tag: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def find(incidents: IncidentQuerySet, wanted: Wanted) -> IncidentQuerySet:
    """Those that match. Text is looked for in titles, in any capitals."""
    if wanted.text:
        incidents = incidents.filter(title__icontains=wanted.text)
    if wanted.severity:
        incidents = incidents.filter(severity__name__iexact=wanted.severity)
    if wanted.service:
        incidents = incidents.filter(services__name__iexact=wanted.service)
    if wanted.tag:
        incidents = incidents.filter(tags__name__iexact=wanted.tag)
    if wanted.since:
        incidents = incidents.filter(started_at__date__gte=wanted.since)
    if wanted.until:
        incidents = incidents.filter(started_at__date__lte=wanted.until)
    return incidents


def as_cards(incidents: IncidentQuerySet) -> IncidentQuerySet:
    """Each with the card of its newest publication and how far its actions are."""
    newest = Publication.objects.filter(incident=OuterRef("pk")).order_by("-number")
    promised = ActionItem.objects.exclude(state=ActionState.DECLINED)
    done = promised.filter(state=ActionState.DONE)
    return incidents.annotate(
        card=Subquery(newest.values("card")[:1]),
        actions_promised=number_of(promised),
        actions_done=number_of(done),
    )


def number_of(items: QuerySet[ActionItem]) -> Coalesce:
    """How many of these items each incident has."""
    counted = (
        items.filter(incident=OuterRef("pk"))
        .order_by()
        .values("incident")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)


def choices(incidents: IncidentQuerySet) -> dict[str, list[str]]:
    """The severities, services and tags that these incidents have, in one query.

    Others are not offered: a name may be known only from what is not theirs to see.
    """
    own = incidents.order_by()
    kinds = {
        "severity": Severity.objects.filter(
            Exists(own.filter(severity=OuterRef("pk")))
        ),
        "service": Service.objects.filter(Exists(own.filter(services=OuterRef("pk")))),
        "tag": Tag.objects.filter(Exists(own.filter(tags=OuterRef("pk")))),
    }
    named = [
        rows.order_by().values_list(Value(kind, CharField()), "name")
        for kind, rows in kinds.items()
    ]
    offered: dict[str, list[str]] = {kind: [] for kind in kinds}
    for kind, name in named[0].union(*named[1:], all=True).order_by("name"):
        offered[kind].append(name)
    return offered
