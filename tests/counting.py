"""What a page costs."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.models import User
from tests.factories import browser_of


def queries(user: User, address: str) -> int:
    """How many questions the database is asked for this page."""
    client = browser_of(user)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def cost(work: Callable[[], object]) -> int:
    """How many questions this work asks the database."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
