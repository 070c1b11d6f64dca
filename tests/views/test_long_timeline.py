"""The editor of a timeline with hundreds of rows."""

import re

import pytest
from django.test import Client

from incidents.documents.document import Entry, Factor
from incidents.models import Incident, User
from tests.factories import MINUTE, NOW, browser_of, make_incident

ROWS = 210


@pytest.fixture
def long(author: User) -> Incident:
    rows = tuple(
        Entry(text=f"Step {number}.", at=NOW + number * MINUTE, zone="UTC")
        for number in range(ROWS)
    )
    factor = Factor(text="No spare fuse", evidence=(3,))
    return make_incident(
        author, zone="UTC", started_at=NOW, timeline=rows, factors=(factor,)
    )


@pytest.fixture
def client(author: User) -> Client:
    return browser_of(author)


def steps(html: str) -> list[int]:
    rows = html.partition('data-rows="timeline"')[2].partition("</ol>")[0]
    return [int(number) for number in re.findall(r"<p>Step (\d+)\.</p>", rows)]


def shown(client: Client, incident: Incident, query: str = "") -> str:
    return client.get(incident.get_absolute_url() + query).content.decode()


def test_its_end_is_shown_and_any_other_hundred_that_is_asked_for(
    client: Client, long: Incident
) -> None:
    first, second, *_, last = long.timeline.all()
    assert steps(shown(client, long)) == [*range(100, ROWS)]
    assert steps(shown(client, long, f"?at={second.key}")) == [*range(100)]
    assert steps(shown(client, long, "?at=nonsense")) == [*range(100, ROWS)]
    # A row that is being written stays, whatever else is looked at.
    away = shown(client, long, f"?at={last.key}&open={first.key}")
    assert f'id="entry-{first.key}-text"' in away
    assert steps(away) == [*range(100, ROWS)]


def test_who_changes_an_entry_comes_back_to_it(client: Client, long: Incident) -> None:
    row = long.timeline.all()[5]
    address = f"{long.get_absolute_url()}timeline/{row.key}/"
    response = client.post(
        address, {"version": "1", "kind": "note", "text": "Step 5555."}
    )
    assert response["Location"].endswith(f"?at={row.key}#entry-{row.key}")
    assert 5555 in steps(client.get(response["Location"]).content.decode())


def test_of_much_evidence_what_is_chosen_is_shown_and_what_is_not_stays_offered(
    client: Client, long: Incident
) -> None:
    factor, row = long.factors.get(), long.timeline.all()[3]
    box = 'name="evidence" value="'
    open_one = shown(client, long, f"?open={factor.key}")
    assert re.findall(f'{box}([^"]*)"', open_one) == [str(row.key)]
    address = f"{long.get_absolute_url()}factors/{factor.key}/"
    sent = {"version": "1", "text": "No fuse at all", "evidence": [str(row.key)]}
    whole = client.post(address, {**sent, "choose": "yes"}).content.decode()
    assert whole.count(box) == ROWS
    assert "No fuse at all" in whole
    factor.refresh_from_db()
    assert factor.text == "No spare fuse"
    other = long.timeline.all()[150]
    client.post(address, {**sent, "evidence": [str(row.key), str(other.key)]})
    assert {*factor.entries.all()} == {row, other}
