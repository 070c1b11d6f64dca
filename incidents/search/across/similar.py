"""Reports that tell of the same kind of thing: by words, services, tags and causes.

A postmortem's most telling words find the reports that may be like it; those are
compared one by one. What is not alike enough is not shown at all. However many
reports there are, it costs the same few queries, and nothing is compared that the
person may not see.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from incidents.documents.kinds import ActionKind
from incidents.documents.searching.pieces import Piece
from incidents.documents.searching.query import Clause, Query
from incidents.documents.searching.telling import TellingTerm, likeness, telling_terms
from incidents.models import ActionItem, Listing, SearchDocument, User
from incidents.models.listing import ListingQuerySet
from incidents.search.reports import labels
from incidents.search.reports.labels import FACTOR, SERVICE, TAG, Labels
from incidents.search.words.newest import HitQuery, asked_of, newest
from incidents.search.words.places import number_of, places
from incidents.search.words.rarity import rarity, sample, saying

MOST: Final = 5
# Words that are weighed, and those of them that are asked for.
MOST_WEIGHED: Final = 60
MOST_TELLING: Final = 24
FEWEST_TELLING: Final = 12
# Reports that are looked for, and those of them that are compared word by word.
MOST_RANKED: Final = 500
MOST_COMPARED: Final = 120
MOST_OF_SAME_CAUSE: Final = 40
# Among fewer reports no word is known to be rare: it takes half of those that one
# makes most of to be like it.
FEW: Final = 10
# What a shared label adds to a likeness between 0 and 1, and what is alike enough.
BONUS: Final[Mapping[str, float]] = {FACTOR: 0.14, SERVICE: 0.08, TAG: 0.06}
ALIKE: Final = 0.18
MOST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """What others are compared with: a report, or a draft while it is written."""

    number: int
    terms: Mapping[str, TellingTerm]
    labels: Labels


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike a report is, and what makes it so."""

    number: int
    score: float
    shared: list[str]


@dataclass(frozen=True, slots=True)
class Similar:
    """A report, what it shares, and which of its promises are open since when."""

    listing: Listing
    shared: list[str]
    still_open: list[Mapping[str, str]]
    since: dt.datetime

    @property
    def preventing(self) -> list[Mapping[str, str]]:
        """Those that would keep it from happening again."""
        label = ActionKind.PREVENT.label
        return [step for step in self.still_open if step["kind"] == label]

    @property
    def others(self) -> list[Mapping[str, str]]:
        return [step for step in self.still_open if step not in self.preventing]


def similar_to_report(number: int, user: User) -> list[Similar]:
    """The reports most like this one, as it was published, that a person may see."""
    sides = SearchDocument.objects.filter(incident=number, is_draft=False)
    return similar(subject(sides.first(), number, labels.of_report(number)), user)


def similar_to_draft(number: int, user: User) -> list[Similar]:
    """The same of what is written now, which may be what was published."""
    sides = SearchDocument.objects.filter(incident=number).order_by("-is_draft")
    return similar(subject(sides.first(), number, labels.of_draft(number)), user)


def subject(side: SearchDocument | None, number: int, named: Labels) -> Subject:
    pieces = [Piece(*piece) for piece in side.pieces] if side else []
    terms = telling_terms(pieces, most=MOST_WEIGHED)
    return Subject(number, terms, named)


def similar(of: Subject, user: User) -> list[Similar]:
    reports = Listing.objects.visible_to(user).exclude(pk=of.number)
    among = sample(reports)
    telling = most_telling(of, among)
    found = compared(
        of, telling, candidates(of, telling, reports), few=len(among) < FEW
    )
    return with_listings(found[:MOST], reports)


def most_telling(of: Subject, among: frozenset[int]) -> dict[str, float]:
    """The weights of the rare words that it makes most of, the weightiest first."""
    rare = rarity(of.terms, among)
    if len(among) < FEW:
        rare = dict.fromkeys(of.terms, 1.0)
    weighed = {term: of.terms[term].weight * how for term, how in rare.items()}
    chosen = sorted(weighed, key=lambda term: (-weighed[term], term))
    return {term: weighed[term] for term in chosen[:MOST_TELLING]}


def candidates(
    of: Subject, telling: Mapping[str, float], reports: ListingQuerySet
) -> set[int]:
    """The places of some reports among which the most similar are."""
    hits = []
    if telling:
        first, *others = telling
        asked = Query((Clause((first,), False, first, tuple(others)),))
        within = places(drafts=False)
        part = HitQuery(*asked_of(reports), within, most=MOST_RANKED, scored=True)
        (hits,) = newest(asked, part)
    likely = sorted(hits, reverse=True)[:MOST_COMPARED]
    return {place for _, place in likely} | places_of_same_cause(of, reports)


def places_of_same_cause(of: Subject, reports: ListingQuerySet) -> set[int]:
    if not (of.labels.among(FACTOR) and of.labels.among(SERVICE)):
        return set()
    same = labels.with_same_cause(reports, of.labels).order_by("-started_at", "-pk")
    numbers = list(same.values_list("pk", flat=True)[:MOST_OF_SAME_CAUSE])
    sides = SearchDocument.objects.filter(incident__in=numbers, is_draft=False)
    return set(sides.values_list("place", flat=True))


def compared(
    of: Subject, telling: Mapping[str, float], found: set[int], *, few: bool
) -> list[Alike]:
    """Those that are alike enough, the most similar first, the newest among equals."""
    says = saying(telling, found)
    if few:
        says = {number: at_least_half(said, telling) for number, said in says.items()}
    shared = labels.shared(of.labels, says)
    alike = []
    for place in sorted(found, reverse=True):
        number = number_of(place)
        common = shared.get(number, {})
        score = likeness(telling, says[number], least=FEWEST_TELLING)
        score += sum(bonus for kind, bonus in BONUS.items() if common.get(kind))
        if score >= ALIKE:
            spelt = [
                of.terms[term].spelling for term in telling if term in says[number]
            ]
            names = [name for kind in BONUS for name in common.get(kind, [])]
            alike.append(Alike(number, score, [*names, *spelt[:MOST_WORDS]]))
    return sorted(alike, key=attrgetter("score"), reverse=True)


def at_least_half(said: frozenset[str], of: Mapping[str, float]) -> frozenset[str]:
    return said if 2 * len(said) >= len(of) else frozenset()


def with_listings(found: Sequence[Alike], reports: ListingQuerySet) -> list[Similar]:
    numbers = [alike.number for alike in found]
    rows = (
        reports.select_related("publication", "incident__tally")
        .defer("publication__document", "publication__html")
        .in_bulk(numbers)
    )
    keys = open_keys(numbers)
    return [
        Similar(
            row := rows[alike.number],
            alike.shared,
            still_open(row, keys),
            row.incident.tally.first_published_at,
        )
        for alike in found
        if alike.number in rows
    ]


def open_keys(incidents: Sequence[int]) -> set[str]:
    unfinished = ActionItem.objects.open().filter(incident__in=incidents)
    return {str(key) for key in unfinished.values_list("key", flat=True)}


def still_open(listing: Listing, keys: set[str]) -> list[Mapping[str, str]]:
    """Its published items that are open now; what only a draft says is not told."""
    steps = listing.publication.card["steps"]
    return [step for step in steps if step["key"] in keys]
