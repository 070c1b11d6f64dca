"""Published versions: what stays for ever, and what became different between two."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.documents.document import Action, Entry, Person, Section
from incidents.documents.kinds import ActionState, SectionKind
from incidents.models import Incident, Publication, Service, Severity, User
from incidents.workflow.actions.state import set_state
from incidents.workflow.parts.part_kinds import FACTS, SECTION
from incidents.workflow.parts.save import save
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.withdraw import reinstate, withdraw
from tests.factories import (
    DAY,
    DOCUMENT,
    NOW,
    browser_of,
    make_report,
    restrict,
)

STORY = replace(
    DOCUMENT,
    owner=Person(name="Ada Byron", account="ada"),
    tags=("electric",),
    sections=(
        *DOCUMENT.sections,
        Section(kind=SectionKind.ROOT_CAUSE, title="Cause", body="An old *fuse*."),
    ),
    timeline=(Entry(text="Dark", at=NOW),),
    actions=(Action(text="Buy fuses", owner=Person(name="Ada Byron", account="ada")),),
)
LATER = NOW + DAY


def page_of(user: User, address: str) -> str:
    response = browser_of(user).get(address)
    assert response.status_code == 200
    return response.content.decode()


def told(user: User, incident: Incident, number: int = 1) -> str:
    """The frozen part of a page: all but the state of the action items."""
    html = page_of(user, f"/reports/{incident.pk}/v/{number}/")
    found = re.search(r"<article>.*</article>", html, re.DOTALL)
    assert found
    frozen = re.sub(r'<ul class="todo">.*?</ul>', "", found[0], flags=re.DOTALL)
    newer = re.sub(r'<p class="callout no-print">.*?</p>', "", frozen, flags=re.DOTALL)
    return " ".join(newer.split())


def edit(incident: Incident, by: User) -> None:
    for row in incident.sections.all():
        text = {"body": f"{row.body} More."}
        save(SECTION, incident, row.key, text, version=row.version, by=by, now=LATER)


def retitle(incident: Incident, by: User) -> None:
    incident.refresh_from_db()
    changes = {"title": f"{incident.title}!", "zone": "Asia/Tokyo"}
    version = incident.version
    save(FACTS, incident, None, changes, version=version, by=by, now=LATER)


def republish(incident: Incident, by: User) -> None:
    publish(incident, by=by, now=LATER, note="New words")


def rename(incident: Incident, by: User) -> None:
    Service.objects.filter(name="lift").update(name="renamed")
    Severity.objects.filter(name="SEV2").update(name="Bad")


def close_accounts(incident: Incident, by: User) -> None:
    User.objects.exclude(pk=by.pk).exclude(username="remy").delete()


def tick(incident: Incident, by: User) -> None:
    key = incident.actions.get().key
    set_state(incident, key, ActionState.DONE, by=by, now=LATER)


def there_and_back(incident: Incident, by: User) -> None:
    withdraw(incident, "Wrong.", by=by, now=LATER)
    reinstate(incident, by=by, now=LATER)


Deed = Callable[[Incident, User], None]
DEEDS = (edit, retitle, republish, rename, close_accounts, tick, there_and_back)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.permutations(DEEDS))
def test_a_published_version_never_changes_whatever_is_done(
    reviewer: User, reader: User, author: User, deeds: list[Deed]
) -> None:
    assert author.username == "ada"
    with transaction.atomic():
        incident = make_report(reviewer, document=STORY).incident
        kept = incident.publications.values().get()
        before = told(reader, incident)
        for deed in deeds:
            deed(incident, reviewer)
            assert incident.publications.values().get(number=1) == kept
            assert told(reader, incident) == before
        transaction.set_rollback(True)


# Two versions side by side


@pytest.fixture
def amended(reviewer: User) -> Incident:
    incident = make_report(reviewer, document=STORY).incident
    row = incident.sections.all()[0]
    text = {"body": "A fuse melted. Nobody was hurt."}
    save(SECTION, incident, row.key, text, version=1, by=reviewer, now=LATER)
    tick(incident, reviewer)
    republish(incident, reviewer)
    return incident


def changes(user: User, incident: Incident, query: str = "") -> str:
    return " ".join(page_of(user, f"/reports/{incident.pk}/changes/{query}").split())


def test_the_changes_of_a_restricted_report_are_not_there_for_others(
    amended: Incident, author: User
) -> None:
    restrict(amended)
    address = f"/reports/{amended.pk}/changes/"
    assert browser_of(author).get(address).status_code == 404


@pytest.mark.parametrize("query", ["?from=3", "?to=0", "?to=x", "?from=-1"])
def test_a_version_that_was_never_published_is_not_compared(
    amended: Incident, reader: User, query: str
) -> None:
    address = f"/reports/{amended.pk}/changes/{query}"
    assert browser_of(reader).get(address).status_code == 404


def test_a_reader_sees_both_versions_word_by_word(
    amended: Incident, reader: User
) -> None:
    page = changes(reader, amended, "?from=1&to=2")
    old, new = re.findall(r'<div class="compared">(.*?)</div>', page)
    assert "blew" in old
    assert "melted" not in old
    assert "melted" in new
    assert "blew" not in new
    assert old in changes(reader, amended)


def test_the_state_of_an_action_item_is_no_change(
    amended: Incident, reader: User
) -> None:
    assert "Action items" not in changes(reader, amended).split("<main")[1]


def test_what_was_edited_and_not_published_is_not_shown(
    amended: Incident, reader: User, reviewer: User
) -> None:
    row = amended.sections.all()[0]
    text = {"body": "A secret."}
    save(SECTION, amended, row.key, text, version=2, by=reviewer, now=LATER)
    assert "secret" not in changes(reader, amended)


def test_a_report_with_one_version_says_so(reviewer: User) -> None:
    incident = make_report(reviewer).incident
    assert "There is one version only" in changes(reviewer, incident)


def test_a_version_that_cannot_be_read_says_why(
    amended: Incident, reader: User
) -> None:
    Publication.objects.filter(number=1).update(document={"format": 99})
    assert "newer version" in changes(reader, amended)


def test_versions_can_be_compared_backwards(amended: Incident, reader: User) -> None:
    page = changes(reader, amended, "?from=2&to=1")
    assert page.index("melted") < page.index("blew")


def test_the_newest_report_leads_to_what_changed(
    amended: Incident, reader: User
) -> None:
    assert f"/reports/{amended.pk}/changes/" in page_of(
        reader, f"/reports/{amended.pk}/"
    )


def test_the_time_of_publication_is_told(amended: Incident, reader: User) -> None:
    assert NOW + dt.timedelta(days=1) == LATER
    assert "published 3 Mar 2026 by Rita Moss" in changes(reader, amended)
