"""Every address, asked by everybody: a page is there only for whom it is meant.

An address without a line in the table fails the test, so that none is added
without saying who may use it.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from incidents import urls
from incidents.documents.calendar.months import Month
from incidents.documents.document import Action, Entry
from incidents.documents.pictures import read
from incidents.models import Incident, User
from incidents.views.unsaved.carry import PLACES
from incidents.workflow.parts import rows
from incidents.workflow.parts.attach import attach
from incidents.workflow.parts.part_kinds import ENTRY
from incidents.workflow.reviewing.comment import comment
from tests import pictures
from tests.factories import (
    NOW,
    browser_of,
    make_draft,
    make_report,
    make_user,
    restrict,
)

Who = Literal[
    "anybody",
    "member",
    "writer",
    "seer",
    "editor",
    "reviewer",
    "report reader",
    "report editor",
    "report reviewer",
]
Method = Literal["get", "post"]


@dataclass(frozen=True, slots=True)
class Line:
    """Who may use an address, and what they get; 405 is for everybody alike.

    `post` is the answer to an empty form.
    """

    who: Who
    get: int
    post: int


TABLE = {
    "home": Line("member", 302, 302),
    "reports": Line("member", 200, 405),
    "report": Line("report reader", 200, 405),
    "publication": Line("report reader", 200, 405),
    "report_changes": Line("report reader", 200, 405),
    "report_print": Line("report reader", 200, 405),
    # 501 says that the extra which draws PDFs is not installed.
    "report_pdf": Line("report reader", 501, 405),
    "similar": Line("report reader", 200, 405),
    "mark_read": Line("report reader", 405, 302),
    "watch_report": Line("report reader", 405, 302),
    "tick": Line("report editor", 405, 302),
    "give_evidence": Line("report editor", 405, 302),
    "readers": Line("report editor", 200, 302),
    "remind_readers": Line("report editor", 405, 302),
    "feature_report": Line("report reviewer", 405, 302),
    "last_digest": Line("member", 302, 405),
    "digest": Line("member", 200, 405),
    "years_ago": Line("member", 200, 405),
    "feed": Line("anybody", 403, 405),
    "save_view": Line("member", 405, 302),
    "remove_view": Line("member", 405, 404),
    "feed_key": Line("member", 405, 200),
    "notices": Line("member", 200, 405),
    "read_notices": Line("member", 405, 302),
    "open_notice": Line("member", 405, 404),
    # Nothing is behind a link that was not signed here.
    "stop_reminders": Line("anybody", 404, 404),
    "stop_digest": Line("anybody", 404, 404),
    "watch": Line("member", 405, 404),
    "unwatch": Line("member", 405, 404),
    "drafts": Line("member", 200, 405),
    "actions": Line("member", 200, 405),
    "insights": Line("member", 200, 405),
    "insights_file": Line("member", 200, 405),
    # Of a service that no report has.
    "recurrence": Line("member", 404, 405),
    "actions_export": Line("member", 200, 405),
    "actions_people": Line("writer", 200, 405),
    "change_actions": Line("writer", 405, 422),
    "undo_actions": Line("writer", 405, 302),
    "actions_of_owner": Line("writer", 200, 422),
    "account": Line("member", 200, 200),
    # Who is logged in already is led on.
    "login": Line("anybody", 302, 302),
    "logout": Line("anybody", 405, 302),
    "password_change": Line("member", 200, 200),
    "new": Line("writer", 200, 422),
    "import": Line("writer", 200, 422),
    "edit": Line("editor", 200, 405),
    "save_facts": Line("editor", 405, 422),
    "presence": Line("editor", 405, 200),
    "save_access": Line("editor", 405, 422),
    "preview_text": Line("editor", 405, 200),
    "understand_time": Line("editor", 200, 405),
    "similar_to_draft": Line("editor", 200, 405),
    "paste": Line("editor", 200, 422),
    "pictures": Line("editor", 200, 422),
    "picture": Line("seer", 200, 405),
    "export": Line("seer", 200, 405),
    "history": Line("editor", 200, 405),
    "compare_revisions": Line("editor", 200, 405),
    "revision": Line("editor", 200, 405),
    "restore_revision": Line("editor", 405, 302),
    "review": Line("editor", 200, 405),
    "ask_for_review": Line("editor", 405, 422),
    "answer_review": Line("reviewer", 405, 422),
    "back_to_draft": Line("editor", 405, 302),
    "comment": Line("editor", 405, 422),
    "reply": Line("editor", 405, 422),
    "resolve_comment": Line("editor", 405, 302),
    "set_hint": Line("editor", 405, 302),
    "publish": Line("reviewer", 405, 422),
    "withdraw": Line("reviewer", 405, 422),
    "reinstate": Line("reviewer", 405, 302),
    "add_row": Line("editor", 405, 422),
    "set_action_state": Line("editor", 405, 404),
    "save_row": Line("editor", 405, 422),
    "move_row": Line("editor", 405, 404),
    "remove_row": Line("editor", 405, 302),
    "bring_back_row": Line("editor", 405, 302),
}

KINDS = ("draft", "restricted draft", "report", "restricted report")
CAST = ("nobody", "stranger", "reader", "author", "reviewer", "admin")
# Who gets in is decided by the same Python on every database; that everything which
# may be hidden is hidden, and that each page is there, is asked of both.
ON_BOTH = ("reader",)
ROLES = [
    role if role in ON_BOTH else pytest.param(role, marks=pytest.mark.once)
    for role in CAST
]
WRITERS = ("author", "reviewer", "admin")
REVIEWERS = ("reviewer", "admin")
# Who sees which incident. Nobody of the cast has written one of them.
SEERS: dict[str, tuple[str, ...]] = {
    "draft": WRITERS,
    "restricted draft": ("admin",),
    "report": ("stranger", "reader", *WRITERS),
    "restricted report": ("admin",),
}


def expected(name: str, method: Method, role: str, kind: str) -> int:
    line = TABLE[name]
    answer: int = getattr(line, method)
    if role == "nobody" and line.who != "anybody":
        writing = address_of(name).startswith(PLACES)
        return 401 if method == "post" and writing else 302
    if role == "nobody" and name == "login":
        return 200
    if answer == 405 or line.who in ("anybody", "member"):
        return answer
    if line.who == "writer":
        return answer if role in WRITERS else 403
    of_reports = line.who.startswith("report ")
    if role not in SEERS[kind] or (of_reports and "draft" in kind):
        return 404
    job = line.who.removeprefix("report ")
    allowed = {"editor": WRITERS, "reviewer": REVIEWERS}.get(job, CAST)
    return answer if role in allowed else 403


def named(patterns: Any = urls.urlpatterns) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


def converters(name: str, patterns: Any = urls.urlpatterns) -> dict[str, Any]:
    """The names of what an address is made of."""
    for pattern in patterns:
        own: dict[str, Any] = dict(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            if name in named(pattern.url_patterns):
                return own | converters(name, pattern.url_patterns)
        elif pattern.name == name:
            return own
    raise LookupError(name)


def address_of(name: str, **known: Any) -> str:
    """An address with what is known of it, and with ones where nothing is."""
    panel = "actions" if name == "set_action_state" else "timeline"
    usual = {"part": "basics", "panel": panel, "key": uuid4()}
    usual |= {"number": 1, "version": 1, "revision": 1, "event": 1, "comment": 1}
    usual |= {"extension": "png", "ending": "md", "view": 1, "notice": 1, "watch": 1}
    usual |= {"who": "olga", "token": "1:forged", "figure": "incidents"}
    usual |= {"month": Month(2026, 3)}
    usual |= {"kind": "services", "name": "no such thing"} | known
    wanted = {given: usual[given] for given in converters(name)}
    return reverse(f"incidents:{name}", kwargs=wanted)


@pytest.fixture(scope="module")
def incidents(lasting: None) -> dict[str, Incident]:
    """One of each kind, by somebody who is not in the cast, each with a removal."""
    picture = read(pictures.picture())
    owner = make_user("olga", "reviewer")
    parts: dict[str, Any] = {
        "timeline": (Entry(text="The alarm rang."),),
        "actions": (Action(text="Buy a spare motor."),),
    }
    made = {
        "draft": make_draft(owner, **parts),
        "restricted draft": restrict(make_draft(owner, **parts)),
        "report": make_report(owner, **parts).incident,
        "restricted report": restrict(make_report(owner, **parts).incident),
    }
    for incident in made.values():
        entry = Entry(text="Written by mistake.")
        row = rows.add(ENTRY, incident, entry, key=uuid4(), by=owner, now=NOW)
        rows.remove(ENTRY, incident, row.key, version=1, by=owner, now=NOW)
        comment(incident, "Since when?", by=owner, now=NOW)
        attach(incident, picture, name="a.png", alt="A lift", by=owner, now=NOW)
    return made


class Known:
    """What of an incident an address can name: its number, and more."""

    def __init__(self, incident: Incident) -> None:
        action = incident.actions.all()[0].key
        names = ("set_action_state", "tick", "give_evidence")
        self.keys = dict.fromkeys(names, action)
        self.keys["picture"] = incident.attachments.all()[0].key
        self.rest: dict[str, Any] = {
            "number": incident.number,
            "key": incident.timeline.all()[0].key,
            "event": incident.events.get(what="entry removed").pk,
            "comment": incident.comments.get().pk,
        }

    def of(self, name: str) -> dict[str, Any]:
        """As the address of this name is made of it."""
        key = self.keys.get(name, self.rest["key"])
        return {**self.rest, "key": key}


@pytest.fixture
def people(
    stranger: User, reader: User, author: User, reviewer: User, admin: User
) -> dict[str, User | None]:
    return dict(
        zip(CAST, (None, stranger, reader, author, reviewer, admin), strict=True)
    )


def ask(browser: Client, method: str, address: str) -> int:
    """The status; whatever the request changed is undone, a logout too."""
    cookies = copy(browser.cookies)
    with transaction.atomic():
        response = getattr(browser, method)(address)
        b"".join(response)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return int(response.status_code)


def test_every_address_has_a_line_in_the_table() -> None:
    assert sorted(TABLE) == sorted(named())


def tells(name: str, method: Method) -> bool:
    """Whether the answer may be another for another incident."""
    return "number" in converters(name) and getattr(TABLE[name], method) != 405


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_is_meant_for_them_and_no_more(
    incidents: dict[str, Incident],
    people: dict[str, User | None],
    role: str,
    method: Method,
) -> None:
    browser = browser_of(people[role])
    for kind, incident in incidents.items():
        known = Known(incident)
        asked = [name for name in TABLE if kind == "draft" or tells(name, method)]
        for name in asked:
            address = address_of(name, **known.of(name))
            wanted = expected(name, method, role, kind)
            assert ask(browser, method, address) == wanted, (name, kind)


@pytest.mark.parametrize("role", ["author", "admin"])
def test_what_belongs_to_another_postmortem_is_not_there(
    incidents: dict[str, Incident], people: dict[str, User | None], role: str
) -> None:
    client = browser_of(people[role])
    owned = {"key", "event", "comment"}
    asked = [name for name in TABLE if owned & set(converters(name))]
    assert asked
    known = Known(incidents["report"])
    for name in asked:
        mixed = known.of(name) | {"number": incidents["draft"].number}
        method = "post" if TABLE[name].get == 405 else "get"
        assert ask(client, method, address_of(name, **mixed)) == 404, name
