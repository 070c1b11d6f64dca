"""Drafts: what is being written, for those who may see it."""

import re

from incidents.models import State, User
from tests.counting import queries
from tests.factories import HOUR, NOW, browser_of, make_draft, make_report, restrict


def page(user: User) -> str:
    response = browser_of(user).get("/drafts/")
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r"<h2><a href=.*?>(.*?)</a></h2>", html)


def test_nobody_looks_without_signing_in(db: None) -> None:
    assert browser_of(None).get("/drafts/").status_code == 302


def test_a_reader_sees_no_drafts_of_others(author: User, reader: User) -> None:
    make_draft(author)
    html = page(reader)
    assert titles(html) == []
    assert "No drafts" in html


def test_a_restricted_draft_is_absent_for_other_authors(
    author: User, reviewer: User
) -> None:
    restrict(make_draft(author))
    assert titles(page(reviewer)) == []
    html = page(author)
    assert titles(html) == ["The lift stood still"]
    assert "restricted" in html


def test_what_is_published_or_withdrawn_is_no_draft(reviewer: User) -> None:
    make_report(reviewer)
    withdrawn = make_draft(reviewer)
    withdrawn.state = State.WITHDRAWN
    withdrawn.save()
    assert titles(page(reviewer)) == []


def test_the_last_saved_comes_first(author: User) -> None:
    make_draft(author, title="Earlier")
    make_draft(author, title="Later", now=NOW + HOUR)
    assert titles(page(author)) == ["Later", "Earlier"]


def test_a_draft_tells_its_state_and_who_saved_it_when(author: User) -> None:
    draft = make_draft(author)
    draft.state = State.IN_REVIEW
    draft.save()
    html = page(author)
    for told in ("In review", "2 Mar 2026", "09:00 UTC", "by Ada Byron", "no owner"):
        assert told in html


def test_many_drafts_cost_as_many_queries_as_few(author: User) -> None:
    make_draft(author)
    few = queries(author, "/drafts/")
    for _ in range(20):
        make_draft(author)
    # The session, the account and the page.
    assert queries(author, "/drafts/") == few == 3
