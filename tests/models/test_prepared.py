"""SQL that was made once gives everybody their own rows."""

import pytest
from django.test import Client

from incidents.models import User, Watch
from tests.factories import browser_of, make_report, restrict

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
