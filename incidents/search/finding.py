"""One search over everything that was written, for what this person may see.

Rights and filters are part of the question, so that counts and pages are right. Only
the newest thousand hits are ranked: with more than that, it is the filter that helps.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from incidents.documents.asked import Asked, Clause
from incidents.documents.kinds import ActionState
from incidents.documents.words import stemmed
from incidents.models import (
    WRITE,
    ActionItem,
    Incident,
    Listing,
    State,
    User,
)
from incidents.models.incident import IncidentQuerySet
from incidents.search.newest import Hit, newest
from incidents.search.places import END, places
from incidents.search.reports import Wanted, facts, find
from incidents.search.vocabulary import going_on

MOST_RANKED: Final = 1000
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
    """Places, the best or the newest first; `capped` says that there are more."""

    places: list[int]
    capped: bool

    @property
    def count(self) -> int:
        return len(self.places)


def search(question: Question, *, ranked: bool) -> Hits:
    """The newest thousand hits at most, ranked or as they are."""
    ranked = ranked and bool(question.asked.wanted)
    found = newest_of(question, most=MOST_RANKED + 1, scored=ranked)
    hits = found[:MOST_RANKED]
    if ranked:
        hits.sort(reverse=True)
    return Hits([place for _, place in hits], len(found) > MOST_RANKED)


def newest_of(
    question: Question, *, most: int, below: int = END, scored: bool = False
) -> list[Hit]:
    """At most so many of what matches, the newest first, from a place on."""
    first, last = places(drafts=question.drafts)
    theirs = drafts_of(question) if question.drafts else reports_of(question)
    within = (first, min(last, below))
    asked = widened(question.asked)
    return newest(asked, theirs, within, most=most, scored=scored)


def reports_of(question: Question) -> QuerySet[Any]:
    rows = Listing.objects.visible_to(question.user)
    return find(rows, question.wanted, today=question.today)


def drafts_of(question: Question) -> IncidentQuerySet:
    """Unpublished incidents, and for those who write, what waits to be published."""
    rows = Incident.objects.visible_to(question.user)
    if WRITE not in question.user.rights:
        rows = rows.filter(state__in=DRAFT_STATES)
    for condition in facts(question.wanted).values():
        rows = rows.filter(condition)
    if question.wanted.actions:
        rows = rows.filter(progress(question.wanted.actions, question.today))
    return rows


def progress(word: str, today: dt.date) -> Q:
    """What is promised in a draft, asked item by item."""
    items = ActionItem.objects.filter(incident=OuterRef("pk"))
    unfinished = items.filter(lane=ActionState.OPEN)
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
