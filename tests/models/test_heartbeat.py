"""A chore is done by one worker, however many look at the clock at once."""

from collections import Counter
from functools import partial

import pytest

from incidents.models import Heartbeat
from tests.factories import DAY, HOUR, NOW
from tests.racing import together

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WORKERS = 6


@pytest.mark.parametrize("days", [0, 1, 2])
def test_of_many_workers_one_does_a_chore_and_the_next_one_a_day_later(
    days: int,
) -> None:
    for day in range(days):
        assert Heartbeat.objects.claim("sweep", every=DAY, now=NOW + day * DAY)
    claim = partial(Heartbeat.objects.claim, "sweep", every=DAY, now=NOW + days * DAY)
    assert Counter(together(*[claim] * WORKERS)) == {True: 1, False: WORKERS - 1}
    later = NOW + days * DAY + HOUR
    assert not Heartbeat.objects.claim("sweep", every=DAY, now=later)
