"""The listing: what is on it, for whom, in which order, and how it is narrowed."""

import json
import re
from base64 import urlsafe_b64encode
from dataclasses import replace
from typing import Any

import pytest

from incidents.documents.document import Action, Document
from incidents.documents.kinds import ActionState
from incidents.models import State, User
from incidents.views.reading.listing import PAGE_SIZE
from tests.factories import (
    DAY,
    DOCUMENT,
    HOUR,
    NOW,
    browser_of,
    make_draft,
    make_report,
    restrict,
)


def page(user: User, query: str = "") -> str:
    response = browser_of(user).get(f"/reports/{query}")
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    found = re.findall(r'<h2><a href="/reports/\d+/">(.*?)</a></h2>', html, re.DOTALL)
    return [re.sub("</?mark>", "", title).strip() for title in found]


def at(days: int, **facts: Any) -> Document:
    """A report of an hour, so many days later."""
    start = NOW + days * DAY
    hour = replace(
        DOCUMENT,
        started_at=start,
        detected_at=None,
        mitigated_at=None,
        resolved_at=start + HOUR,
    )
    return replace(hour, **facts)


def test_nobody_reads_without_signing_in(db: None) -> None:
    response = browser_of(None).get("/reports/")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/reports/"


def test_what_is_not_published_is_not_listed(reviewer: User, admin: User) -> None:
    make_draft(reviewer)
    assert titles(page(admin)) == []


def test_what_was_withdrawn_is_not_listed(reviewer: User, admin: User) -> None:
    report = make_report(reviewer)
    report.incident.state = State.WITHDRAWN
    report.incident.save()
    assert titles(page(admin)) == []


def test_a_restricted_report_is_absent_for_others(reviewer: User, reader: User) -> None:
    make_report(reviewer, title="For everybody")
    secret = make_report(
        reviewer, title="For few", severity="SEV1", services=("vault",), tags=("leak",)
    )
    restrict(secret.incident)
    html = page(reader)
    assert titles(html) == ["For everybody"]
    assert "1 report<" in html
    for hidden in ("SEV1", "vault", "leak"):
        assert hidden not in html
        assert titles(page(reader, f"?q={hidden}")) == []
    assert titles(page(reader, "?service=vault")) == []
    assert titles(page(reviewer)) == ["For few", "For everybody"]


def test_people_who_are_named_see_a_restricted_report(
    reviewer: User, reader: User
) -> None:
    restrict(make_report(reviewer).incident, reader)
    assert titles(page(reader)) == ["The lift stood still"]


def test_an_empty_site_tells_an_author_how_to_begin(author: User) -> None:
    html = page(author)
    assert "Nothing is published yet" in html
    assert "/incidents/new/" in html


def test_an_empty_site_asks_nothing_of_a_reader(reader: User) -> None:
    html = page(reader)
    assert "Nothing is published yet" in html
    assert "/incidents/new/" not in html


def test_a_search_without_a_match_offers_a_way_back(reviewer: User) -> None:
    make_report(reviewer)
    html = page(reviewer, "?q=helicopter")
    assert "No report matches" in html
    assert "0 reports match" in html


def test_a_date_that_is_none_is_said_and_left_out(reviewer: User) -> None:
    make_report(reviewer)
    html = page(reviewer, "?from=yesterday")
    assert "Enter a valid date" in html
    assert titles(html) == ["The lift stood still"]


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?sort=", "?sort=random"])
def test_an_odd_address_shows_the_first_page(reviewer: User, query: str) -> None:
    make_report(reviewer)
    assert titles(page(reviewer, query)) == ["The lift stood still"]


def test_a_made_up_place_may_lie_beyond_all_numbers(reviewer: User) -> None:
    for number in (10**30, -(10**30)):
        place = json.dumps(["2026-01-01T00:00:00Z", number]).encode()
        assert page(reviewer, f"?after={urlsafe_b64encode(place).decode()}")


def test_the_newest_incident_comes_first(reviewer: User) -> None:
    for days in (1, 3, 2):
        make_report(reviewer, document=at(days, title=f"Day {days}"))
    assert titles(page(reviewer)) == ["Day 3", "Day 2", "Day 1"]
    assert titles(page(reviewer, "?sort=oldest")) == ["Day 1", "Day 2", "Day 3"]


def test_the_worst_come_first_when_asked(reviewer: User) -> None:
    for days, severity in ((1, "SEV3"), (2, None), (3, "SEV1")):
        make_report(
            reviewer, document=at(days, title=f"It was {severity}", severity=severity)
        )
    found = titles(page(reviewer, "?sort=severity"))
    assert found == ["It was SEV1", "It was SEV3", "It was None"]


@pytest.mark.parametrize(
    "query",
    [
        "?q=GARAGE",
        "?severity=SEV1",
        "?service=parking",
        "?tag=flood",
        "?from=2026-03-08",
        "?severity=SEV1&service=parking&q=garage&to=2026-03-30",
    ],
)
def test_each_filter_narrows_the_list(reviewer: User, query: str) -> None:
    make_report(reviewer)
    wanted = at(
        7,
        title="The garage stood under water",
        severity="SEV1",
        services=("parking",),
        tags=("flood",),
    )
    make_report(reviewer, document=wanted)
    assert titles(page(reviewer, query)) == ["The garage stood under water"]


def test_every_report_is_on_one_page_and_only_one(reviewer: User) -> None:
    wanted = [f"Number {n}" for n in range(PAGE_SIZE * 2 + 1)]
    for days, title in enumerate(reversed(wanted)):
        # Some start in the same minute: their numbers keep them apart.
        make_report(reviewer, document=at(days // 3, title=title))
    seen, query = [], ""
    while True:
        html = page(reviewer, query)
        seen += titles(html)
        more = re.search(r'rel="next" href="([^"]+)"', html)
        if not more:
            break
        query = more[1].replace("&amp;", "&")
    assert seen == wanted


def test_the_next_page_keeps_the_filters(reviewer: User) -> None:
    for _ in range(PAGE_SIZE + 1):
        make_report(reviewer)
    html = page(reviewer, "?service=lift&sort=oldest")
    assert 'rel="next" href="?service=lift&amp;sort=oldest&amp;after=' in html


def test_a_row_shows_what_was_published_not_the_draft(reviewer: User) -> None:
    report = make_report(reviewer)
    report.incident.title = "Not yet for the public"
    report.incident.save()
    assert titles(page(reviewer)) == ["The lift stood still"]


def test_a_row_tells_date_duration_services_and_progress(reviewer: User) -> None:
    actions = (
        Action(text="Buy fuses", state=ActionState.DONE),
        Action(text="Hang a sign"),
        Action(text="Sue", state=ActionState.DECLINED, declined_because="Too dear."),
    )
    make_report(reviewer, actions=actions)
    html = page(reviewer)
    for told in ("2 Mar 2026", "1 h 00", "lift", "1 of 2 done", "A fuse blew."):
        assert told in html
