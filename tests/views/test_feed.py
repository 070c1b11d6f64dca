"""The feed: opened by a secret, for one person, with what they may see."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from incidents.models import FeedKey, State, User
from incidents.workflow.reviewing.publish import publish
from tests.counting import cost
from tests.factories import DAY, NOW, browser_of, make_draft, make_report, restrict

ATOM = "{http://www.w3.org/2005/Atom}"


def ask(key: str, **headers: str) -> Any:
    return browser_of(None).get("/reports/feed/", {"key": key}, headers=headers)


def titles(response: Any) -> list[str]:
    root = ElementTree.fromstring(response.content)
    return [str(entry.findtext(f"{ATOM}title")) for entry in root.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("key", ["", "x", "é" * 300])
def test_without_a_key_there_is_no_feed(reader: User, key: str) -> None:
    FeedKey.objects.renew(reader)
    assert ask(key).status_code == 403


def test_being_logged_in_is_not_a_key(reader: User) -> None:
    assert browser_of(reader).get("/reports/feed/").status_code == 403


def test_a_key_that_was_renewed_or_closed_opens_nothing(reader: User) -> None:
    old = FeedKey.objects.renew(reader)
    new = FeedKey.objects.renew(reader)
    assert ask(old).status_code == 403
    assert ask(new).status_code == 200
    browser_of(reader).post("/account/feed/", {"revoke": ""})
    assert ask(new).status_code == 403


def test_the_key_of_an_inactive_account_opens_nothing(reader: User) -> None:
    key = FeedKey.objects.renew(reader)
    reader.is_active = False
    reader.save()
    assert ask(key).status_code == 403


def test_the_feed_holds_only_what_its_owner_may_see(
    reviewer: User, reader: User
) -> None:
    make_report(reviewer, title="For everybody")
    make_draft(reviewer, title="Half written")
    restrict(make_report(reviewer, title="For few").incident)
    gone = make_report(reviewer, title="Withdrawn").incident
    gone.state = State.WITHDRAWN
    gone.save()
    assert titles(ask(FeedKey.objects.renew(reader))) == ["For everybody"]
    assert "For few" in titles(ask(FeedKey.objects.renew(reviewer)))


def test_what_was_published_last_comes_first(reviewer: User, reader: User) -> None:
    first = make_report(reviewer, title="First")
    make_report(reviewer, title="Second", now=NOW + DAY)
    publish(first.incident, by=reviewer, now=NOW + 2 * DAY)
    found = titles(ask(FeedKey.objects.renew(reader)))
    assert found == ["First (version 2)", "Second"]


def test_a_feed_that_did_not_change_is_not_sent_again(
    reviewer: User, reader: User
) -> None:
    report = make_report(reviewer)
    key = FeedKey.objects.renew(reader)
    first = ask(key)
    assert first["Last-Modified"]
    assert ask(key, **{"If-None-Match": first["ETag"]}).status_code == 304
    publish(report.incident, by=reviewer, now=NOW + DAY)
    assert ask(key, **{"If-None-Match": first["ETag"]}).status_code == 200


def test_a_feed_costs_two_queries_however_long_it_is(
    reviewer: User, reader: User
) -> None:
    key = FeedKey.objects.renew(reader)
    for _ in range(3):
        make_report(reviewer)
        assert cost(lambda: ask(key)) == 2


def test_a_link_is_shown_once_and_only_its_fingerprint_is_kept(reader: User) -> None:
    browser = browser_of(reader)
    made = browser.post("/account/feed/")
    assert made["Cache-Control"] == "no-store"
    key = re.findall(r'readonly value=".*?key=(.*?)"', made.text)[0]
    assert key not in FeedKey.objects.get().fingerprint
    assert titles(ask(key)) == []
    assert key not in browser.get("/account/").content.decode()
