"""The listing when it is asked for words: what says them, the best first."""

import datetime as dt
from dataclasses import replace
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from django.http import QueryDict

from incidents.documents.searching.query import (
    as_typed,
    filters,
    last_begins,
    misread,
    read_query,
    without_filters,
)
from incidents.documents.searching.words import terms
from incidents.forms.reports import ReportFilter
from incidents.models import User
from incidents.search.reports.choices import KINDS, Offer
from incidents.search.words.finding import Search
from incidents.search.words.hits import Found, found
from incidents.search.words.suggestions import advice

ME: Final = "me"
# One word can be part of very many names.
MOST_NAMED: Final = 5


class Named(NamedTuple):
    """A filter that is called as the words are, and the query that sets it."""

    kind: str
    name: str
    query: str
    reports: int


def with_typed_filters(query: QueryDict, user: User) -> QueryDict | None:
    """The address with the filters that were typed as words; None if none were."""
    text = query.get("q", "")
    typed = filters(text)
    if not typed:
        return None
    if typed.get("owner") == ME:
        typed["owner"] = user.username
    kept = query.copy()
    kept.pop("after", None)
    for name, value in {**typed, "q": without_filters(text)}.items():
        kept.pop(name, None)
        if value:
            kept[name] = value
    return kept


def search_context(
    form: ReportFilter, offered: Offer, user: User, now: dt.datetime, size: int
) -> dict[str, Any]:
    """What the page of a search shows beside what the listing shows anyway."""
    search = Search(
        query=read_query(form.wanted.text),
        wanted=form.wanted,
        user=user,
        today=now.date(),
        drafts=form.of_drafts,
    )
    first = page = page_of_hits(search, form, size)
    longer = None if page.count else last_begins(search.query)
    if longer:
        page = page_of_hits(replace(search, query=longer), form, size)
    return {
        "found": page,
        "page": page,
        "begins": longer if page.count else None,
        "misread": misread(form.wanted.text),
        "advice": advice(search) if not page.count else None,
        "named": filters_called(form, offered, beyond=page.count),
        "drafts": page.drafts if page.count else first.drafts,
        "as_typed": " ".join(filter(None, (as_typed(form.data), form.wanted.text))),
    }


def filters_called(form: ReportFilter, offered: Offer, *, beyond: int) -> list[Named]:
    """Filters that are called so and bring more reports than the words do.

    “Mira” is no word of a report, but the name of an owner; and older reports say of
    a service what it was called then. Beside hits it takes the whole name.
    """
    said = terms(form.wanted.text)
    whole = form.wanted.text.strip().casefold()
    called = [
        Named(
            kind=str(form[kind].label),
            name=choice.label,
            query=f"{kind}={quote(choice.value)}",
            reports=choice.number,
        )
        for kind in KINDS
        for choice in offered.choices[kind]
        if choice.number > beyond
        and (beyond == 0 or choice.label.casefold() == whole)
        and (said and is_called(terms(choice.label), said))
    ]
    return called[:MOST_NAMED]


def is_called(name: list[str], said: list[str]) -> bool:
    """By some of its words; “sev 1” is “SEV1”, too."""
    return set(said) <= set(name) or "".join(said) == "".join(name)


def page_of_hits(search: Search, form: ReportFilter, size: int) -> Found:
    return found(
        search, sort=form.sorting, order=form.order, after=form.after, size=size
    )
