"""What changes is found at once, by those who may see it; and what a search costs."""

import pytest

from incidents.models import User
from incidents.workflow.parts.part_kinds import SECTION
from incidents.workflow.parts.save import save
from incidents.workflow.reviewing.withdraw import reinstate, withdraw
from tests.counting import queries
from tests.factories import NOW, make_draft, make_report, restrict
from tests.search.corpus import count, story

pytestmark = pytest.mark.django_db


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
