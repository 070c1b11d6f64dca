"""A page that is only looked at changes no row, so any replica can answer it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import User
from tests.factories import browser_of, make_report


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/reports/",
        "/reports/{number}/",
        "/reports/{number}/print/",
        "/drafts/",
        "/actions/",
        "/incidents/{number}/history/",
        "/incidents/{number}/review/",
        "/incidents/{number}/export.md",
    ],
)
def test_who_reads_a_page_writes_no_session_and_nothing_else(
    reviewer: User, address: str
) -> None:
    number = make_report(reviewer).incident_id
    browser = browser_of(reviewer)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address.format(number=number)).status_code == 200
    verbs = {query["sql"].lstrip("(").split()[0] for query in asked.captured_queries}
    assert verbs == {"SELECT"}
