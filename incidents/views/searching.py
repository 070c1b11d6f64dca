"""The listing when it is asked for words: what says them, the best first."""

import datetime as dt
from dataclasses import replace
from typing import Any, Final

from django.http import QueryDict

from incidents.documents.searching.asked import (
    as_typed,
    ask,
    filters,
    last_begins,
    misread,
    without_filters,
)
from incidents.forms.reports import ReportFilter
from incidents.models import User
from incidents.search.finding import Question
from incidents.search.hits import Found, found
from incidents.search.meant import advice

ME: Final = "me"


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
    form: ReportFilter, user: User, now: dt.datetime, size: int
) -> dict[str, Any]:
    """What the page of a search shows beside what the listing shows anyway."""
    question = Question(
        asked=ask(form.wanted.text),
        wanted=form.wanted,
        user=user,
        today=now.date(),
        drafts=form.of_drafts,
    )
    first = page = page_of(question, form, size)
    longer = None if page.count else last_begins(question.asked)
    if longer:
        page = page_of(replace(question, asked=longer), form, size)
    return {
        "found": page,
        "page": page,
        "begins": longer if page.count else None,
        "misread": misread(form.wanted.text),
        "advice": advice(question) if not page.count else None,
        "drafts": page.drafts if page.count else first.drafts,
        "as_typed": " ".join(filter(None, (as_typed(form.data), form.wanted.text))),
    }


def page_of(question: Question, form: ReportFilter, size: int) -> Found:
    return found(
        question, sort=form.sorting, order=form.order, after=form.after, size=size
    )
