"""Nobody learns by searching what they may not see, nor what waits to be published."""

import pytest

from incidents.models import User
from incidents.workflow.parts import SECTION
from incidents.workflow.save import save
from incidents.workflow.withdraw import reinstate, withdraw
from tests.counting import queries
from tests.factories import NOW, browser_of, make_draft, make_report, restrict
from tests.search.corpus import fill, story

pytestmark = pytest.mark.django_db


def page(user: User, **query: str) -> str:
    response = browser_of(user).get("/reports/", query, follow=True)
    return " ".join(response.content.decode().split())


def count(user: User, text: str, **more: str) -> int:
    found = browser_of(user).get("/reports/", {"q": text, **more}).context["found"]
    return int(found.count)


@pytest.mark.parametrize(
    "text",
    ["xylophone", "xylopho", "xylo*", "xylophome", "leak", '"xylophone leak"',
     "PM-12", "xylophone after:2025-01", "-redis leak", "quixotic", "quixotik"],
)  # fmt: skip
def test_a_restricted_report_and_a_draft_leave_no_trace_for_others(text: str) -> None:
    people = fill()
    html = page(people["remy"], q=text)
    told = html.replace(f'value="{text}"', "").replace(f"<b>{text}</b>", "").lower()
    for hidden in ("xylophones", "the xylophone leak", "quixotic draft"):
        assert hidden not in told
    assert "did you mean" not in told
    assert "also in" not in told
    assert "match" not in told or "0 reports match" in told


def test_a_restricted_report_is_in_no_number() -> None:
    people = fill()
    assert count(people["rita"], "xylophone") == 1
    assert count(people["remy"], "customers") == 0
    assert count(people["rita"], "customers") == 1


def test_a_misspelt_word_is_mended_for_those_who_may_see_the_right_one() -> None:
    people = fill()
    assert "<b>xylophone</b>" in page(people["rita"], q="xylophome")
    assert "<b>xylophone</b></a>" not in page(people["remy"], q="xylophome")
    assert "<b>certificate</b>" in page(people["remy"], q="certifcate")


def test_writers_find_drafts_and_readers_do_not() -> None:
    people = fill()
    assert "Also in 1 draft" in page(people["ada"], q="quixotic")
    assert count(people["ada"], "quixotic", **{"is": "draft"}) == 1
    assert count(people["remy"], "quixotic", **{"is": "draft"}) == 0
    assert "#section-" in page(people["ada"], q="quixotic is:draft")


def test_a_word_that_only_the_draft_of_a_report_has_is_for_writers(
    reviewer: User, author: User, reader: User
) -> None:
    incident = make_report(reviewer).incident
    section = incident.sections.get()
    changes = {"body": "A transformer melted."}
    save(SECTION, incident, section.key, changes, version=1, by=reviewer, now=NOW)
    drafts = {"is": "draft"}
    for who in (reader, author):
        assert count(who, "transformer") == 0
        assert count(who, "fuse") == 1
    assert count(author, "transformer", **drafts) == 1
    assert count(reader, "transformer", **drafts) == 0
    assert count(author, "fuse", **drafts) == 0


def test_what_is_withdrawn_is_found_by_writers_as_a_draft_until_it_is_restored(
    reviewer: User, author: User, reader: User
) -> None:
    incident = make_report(reviewer).incident
    withdrawn = withdraw(incident, "Wrong names.", by=reviewer, now=NOW)
    assert count(reader, "fuse") == count(author, "fuse") == 0
    assert count(reader, "fuse", **{"is": "draft"}) == 0
    assert count(author, "fuse", **{"is": "draft"}) == 1
    reinstate(withdrawn, by=reviewer, now=NOW)
    assert count(reader, "fuse") == 1
    assert count(author, "fuse", **{"is": "draft"}) == 0


def test_who_is_named_later_finds_it_at_once(reviewer: User, reader: User) -> None:
    incident = restrict(make_report(reviewer).incident)
    assert count(reader, "fuse") == 0
    restrict(incident, reader)
    assert count(reader, "fuse") == 1


def test_a_search_costs_as_much_for_one_hit_as_for_thirty(
    reviewer: User, reader: User
) -> None:
    make_draft(reviewer)
    make_report(reviewer)
    one = queries(reader, "/reports/?q=fuse")
    for place in range(29):
        make_report(reviewer, document=story(f"Number {place}", "A fuse again."))
    assert queries(reader, "/reports/?q=fuse") == one
    assert queries(reader, "/reports/?q=fuse&sort=newest") <= one
