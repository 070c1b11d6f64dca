"""One search over everything that was written, for what this person may see.

Rights and filters are part of the question, so that counts and pages are right. Only
the newest thousand hits are ranked: with more than that, it is the filter that helps.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from incidents.database.prepared import Prepared
from incidents.documents.kinds import ActionState
from incidents.documents.searching.asked import Asked, Clause
from incidents.documents.searching.words import stemmed
from incidents.models import (
    MANAGE,
    WRITE,
    ActionItem,
    Incident,
    Listing,
    State,
    User,
)
from incidents.search.reports.filtering import Wanted, facts, find
from incidents.search.words.newest import Hit, Part, at_place, newest
from incidents.search.words.places import END, places
from incidents.search.words.vocabulary import going_on

MOST_RANKED: Final = 1000
# More drafts than this are “many”.
MOST_DRAFTS: Final = 99
DRAFT_STATES: Final = [State.DRAFT, State.IN_REVIEW]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, by whom, and of which side."""

    asked: Asked
    wanted: Wanted
    user: User
    today: dt.date
    drafts: bool = False

    def saying(self, *wanted: Clause) -> "Question":
        """The same about other words."""
        return replace(self, asked=Asked(wanted))


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


def search(question: Question, *, ranked: bool) -> Hits:
    """The newest thousand hits at most, ranked or as they are. One query."""
    ranked = ranked and bool(question.asked.wanted)
    own = part_of(question, most=MOST_RANKED + 1, scored=ranked)
    others = replace(question, drafts=True)
    beside = [] if question.drafts else [part_of(others, most=MOST_DRAFTS + 1)]
    found, *drafts = newest(widened(question.asked), own, *beside)
    hits = found[:MOST_RANKED]
    if ranked:
        hits.sort(reverse=True)
    places = [place for _, place in hits]
    return Hits(places, len(found) > MOST_RANKED, sum(map(len, drafts)))


def newest_of(question: Question, *, most: int, below: int = END) -> list[Hit]:
    """At most so many of what matches, the newest first, from a place on."""
    part = part_of(question, most=most, below=below)
    return newest(widened(question.asked), part)[0]


def part_of(
    question: Question, *, most: int, below: int = END, scored: bool = False
) -> Part:
    """The newest of one side, of what this person asked for and may see."""
    first, last = places(drafts=question.drafts)
    rights, wanted = question.user.rights, replace(question.wanted, text="")
    # Who manages the site sees everything, whoever they are.
    who = {} if MANAGE in rights else {"user": question.user.pk}
    sql, values = THEIRS.sql((rights, wanted, question.today, question.drafts), **who)
    return Part(sql, values, (first, min(last, below)), most, scored)


Shape = tuple[frozenset[str], Wanted, dt.date, bool]


def theirs(shape: Shape, *, user: int = 0) -> QuerySet[Any]:
    """Whether somebody with these rights may find what stands at a place."""
    rights, wanted, today, drafts = shape
    sides = drafts_of if drafts else reports_of
    rows = sides(User.standing_in(user, rights), wanted, today)
    return at_place(rows)


THEIRS: Final[Prepared[Any]] = Prepared(Incident, theirs)


def reports_of(user: User, wanted: Wanted, today: dt.date) -> QuerySet[Any]:
    return find(Listing.objects.visible_to(user), wanted, today=today)


def drafts_of(user: User, wanted: Wanted, today: dt.date) -> QuerySet[Any]:
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


def widened(asked: Asked) -> Asked:
    """A beginning finds words, too, whose terms are shorter than it."""
    wanted = tuple(
        clause._replace(also=shorter(clause.terms[-1])) if clause.begins else clause
        for clause in asked.wanted
    )
    return replace(asked, wanted=wanted)


def shorter(beginning: str) -> tuple[str, ...]:
    known = {stemmed(word) for word in going_on(beginning)}
    return tuple(sorted(term for term in known if not term.startswith(beginning)))
