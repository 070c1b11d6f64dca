"""One search over everything that was written, for what this person may see.

Rights and filters are part of the query, so that counts and pages are right. Only
the newest thousand hits are ranked: with more than that, it is the filter that helps.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from incidents.database.prepared import Prepared
from incidents.documents.kinds import ActionState
from incidents.documents.searching.query import Clause, Query
from incidents.documents.searching.words import stemmed
from incidents.models import WRITE, ActionItem, Incident, Listing, State, User
from incidents.search.reports.filtering import WantedReports, facts, find
from incidents.search.words.newest import Hit, HitQuery, at_place, newest
from incidents.search.words.places import END, places
from incidents.search.words.vocabulary import going_on

MOST_RANKED: Final = 1000
# More drafts than this are “many”.
MOST_DRAFTS: Final = 99
DRAFT_STATES: Final = [State.DRAFT, State.IN_REVIEW]


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked, by whom, and of which side."""

    query: Query
    wanted: WantedReports
    user: User
    today: dt.date
    drafts: bool = False

    def saying(self, *wanted: Clause) -> "Search":
        """The same about other words."""
        return replace(self, query=Query(wanted))


@dataclass(frozen=True, slots=True)
class Hits:
    """Places, the best or the newest first; `capped` says that there are more.

    `drafts` are those besides: how many drafts say it, up to a hundred.
    """

    places: list[int]
    capped: bool
    drafts: int = 0

    @property
    def count(self) -> int:
        return len(self.places)


def hits_of(search: Search, *, ranked: bool) -> Hits:
    """The newest thousand hits at most, ranked or as they are. One query."""
    ranked = ranked and bool(search.query.wanted)
    own = part_of(search, most=MOST_RANKED + 1, scored=ranked)
    others = replace(search, drafts=True)
    beside = [] if search.drafts else [part_of(others, most=MOST_DRAFTS + 1)]
    found, *drafts = newest(widened(search.query), own, *beside)
    hits = found[:MOST_RANKED]
    if ranked:
        hits.sort(reverse=True)
    places = [place for _, place in hits]
    return Hits(places, len(found) > MOST_RANKED, sum(map(len, drafts)))


def newest_of(search: Search, *, most: int, below: int = END) -> list[Hit]:
    """At most so many of what matches, the newest first, from a place on."""
    part = part_of(search, most=most, below=below)
    return newest(widened(search.query), part)[0]


def part_of(
    search: Search, *, most: int, below: int = END, scored: bool = False
) -> HitQuery:
    """The newest of one side, of what this person asked for and may see."""
    first, last = places(drafts=search.drafts)
    rights, wanted = search.user.rights, replace(search.wanted, text="")
    shape = (rights, wanted, search.today, search.drafts)
    sql, values = THEIRS.sql(shape, **search.user.reader_param)
    return HitQuery(sql, values, (first, min(last, below)), most, scored)


Shape = tuple[frozenset[str], WantedReports, dt.date, bool]


def theirs(shape: Shape, *, reader: int = 0) -> QuerySet[Any]:
    """Whether somebody with these rights may find what stands at a place."""
    rights, wanted, today, drafts = shape
    sides = drafts_of if drafts else reports_of
    rows = sides(User.placeholder(reader, rights), wanted, today)
    return at_place(rows)


THEIRS: Final[Prepared[Any]] = Prepared(Incident, theirs)


def reports_of(user: User, wanted: WantedReports, today: dt.date) -> QuerySet[Any]:
    return find(Listing.objects.visible_to(user), wanted, today=today)


def drafts_of(user: User, wanted: WantedReports, today: dt.date) -> QuerySet[Any]:
    """Unpublished incidents, and for those who write, what waits to be published."""
    rows = Incident.objects.visible_to(user)
    if WRITE not in user.rights:
        rows = rows.filter(state__in=DRAFT_STATES)
    for condition in facts(wanted).values():
        rows = rows.filter(condition)
    if wanted.actions:
        rows = rows.filter(progress(wanted.actions, today))
    return rows


def progress(word: str, today: dt.date) -> Q:
    """What is promised in a draft, asked item by item."""
    items = ActionItem.objects.filter(incident=OuterRef("pk"))
    unfinished = items.open()
    promised = items.exclude(state=ActionState.DECLINED)
    return {
        "open": Q(Exists(unfinished)),
        "overdue": Q(Exists(unfinished.filter(due_on__lt=today))),
        "done": Q(Exists(promised)) & ~Q(Exists(unfinished)),
        "none": ~Q(Exists(promised)),
    }[word]


def widened(asked: Query) -> Query:
    """A beginning finds words, too, whose terms are shorter than it."""
    wanted = tuple(
        clause._replace(also=shorter(clause.terms[-1])) if clause.begins else clause
        for clause in asked.wanted
    )
    return replace(asked, wanted=wanted)


def shorter(beginning: str) -> tuple[str, ...]:
    known = {stemmed(word) for word in going_on(beginning)}
    return tuple(sorted(term for term in known if not term.startswith(beginning)))
