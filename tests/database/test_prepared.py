"""SQL that was made once gives everybody their own rows."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet
from django.test import Client

from incidents.database.prepared import Prepared
from incidents.models import Incident, Section, User, Watch
from tests.factories import NOW, browser_of, make_draft, make_report, restrict

pytestmark = pytest.mark.django_db


def page_of(user: User, number: int) -> str:
    return str(browser_of(user).get(f"/reports/{number}/").content.decode())


def test_the_same_question_has_other_answers_for_others(reviewer: User) -> None:
    first, second = make_report(reviewer), make_report(reviewer, title="The roof leaks")
    other = User.objects.create(username="other")
    Watch.objects.create(user=other, incident=second.incident)
    mine = [page_of(reviewer, row.incident_id) for row in (first, second)]
    assert "The lift stood still" in mine[0]
    assert "The roof leaks" in mine[1]
    assert "You watch it." not in mine[1]
    assert "You watch it." in page_of(other, second.incident_id)


def test_what_is_kept_from_one_reader_is_there_for_another(
    reviewer: User, reader: User, author: User
) -> None:
    report = make_report(reviewer)
    restrict(report.incident, author)
    address = f"/reports/{report.incident_id}/"
    assert browser_of(reader).get(address).status_code == 404
    assert browser_of(author).get(address).status_code == 200
    assert browser_of(reader).get(address).status_code == 404


@pytest.mark.parametrize("number", [2**31, 2**63 - 1, 2**63, 10**30])
def test_no_report_has_a_number_so_large(
    client: Client, reader: User, number: int
) -> None:
    client.force_login(reader)
    assert client.get(f"/reports/{number}/").status_code == 404
    assert client.get(f"/reports/1/v/{number}/").status_code == 404


def found_by(column: str, **value: Any) -> QuerySet[Incident]:
    return Incident.objects.filter(**{column: value["value"]})


@pytest.mark.parametrize("name", ["100%", "it's", "stand-in 2000000011", "", "ÅÄÖ_\\"])
def test_a_text_is_found_by_its_letters_and_nothing_else(
    author: User, name: str
) -> None:
    question = Prepared(Incident, found_by)
    asked = make_draft(author)
    other = make_draft(author)
    Incident.objects.filter(pk=asked.pk).update(source_name=name)
    Incident.objects.filter(pk=other.pk).update(source_name="another")
    assert question.rows("source_name", value="another") == [other]
    assert question.rows("source_name", value=name) == [asked]


def test_a_moment_is_the_same_in_every_zone(author: User) -> None:
    question = Prepared(Incident, found_by)
    draft = make_draft(author)
    Incident.objects.filter(pk=draft.pk).update(started_at=NOW)
    there = NOW.astimezone(dt.timezone(dt.timedelta(hours=5)))
    assert question.rows("started_at", value=there) == [draft]
    assert question.first("started_at", value=there + dt.timedelta(minutes=1)) is None


def test_a_key_finds_its_row(author: User) -> None:
    def keyed(shape: None, *, key: UUID) -> QuerySet[Section]:
        return Section.objects.filter(key=key)

    question = Prepared(Section, keyed)
    rows = list(make_draft(author).sections.all())
    assert rows
    assert [question.first(None, key=row.key) for row in rows] == rows
    assert question.first(None, key=uuid4()) is None
