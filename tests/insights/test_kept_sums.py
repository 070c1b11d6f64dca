"""What was read for one person is kept for them, as long as it is theirs to see."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents.insights.asking import WantedSums
from incidents.insights.counting import month_of
from incidents.insights.names import names
from incidents.insights.period import Period
from incidents.insights.reading import read
from incidents.models import Change, User, Visibility
from incidents.models.tally import MOST_KNOWN
from incidents.workflow.counting.tallying import fold
from incidents.workflow.reviewing.access import set_access
from tests.factories import NOW, make_report, make_user

pytestmark = pytest.mark.django_db
AGES = Period(month_of(NOW.date()) - 40, month_of(NOW.date()) + 40)


@pytest.fixture
def let_in(reviewer: User) -> Callable[..., None]:
    """A report that is kept back, and who is named besides those who wrote it."""
    report = make_report(reviewer).incident

    def let(*people: User, groups: tuple[Group, ...] = ()) -> None:
        secret = Visibility.RESTRICTED
        set_access(report, secret, people, groups, by=reviewer, now=NOW)

    return let


def seen(who: User) -> int:
    return read(User.objects.get(pk=who.pk), WantedSums(period=AGES), names()).now["n"]


def test_who_is_not_named_any_more_counts_it_no_more(
    let_in: Callable[..., None], reviewer: User, reader: User
) -> None:
    make_report(reviewer)
    let_in(reader)
    assert [seen(reader), seen(make_user("olga"))] == [2, 1]
    let_in(make_user("ada"))
    assert seen(reader) == 1


def test_who_leaves_a_group_counts_its_reports_no_more(
    let_in: Callable[..., None], reviewer: User, reader: User
) -> None:
    make_report(reviewer)
    circle = Group.objects.create(name="circle")
    let_in(groups=(circle,))
    assert seen(reader) == 1
    reader.groups.add(circle)
    assert seen(reader) == 2
    reader.groups.remove(circle)
    assert seen(reader) == 1


def test_sums_are_read_again_only_after_they_were_folded(
    reviewer: User, reader: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            read(reader, WantedSums(period=AGES), known)
        return len(asked)

    make_report(reviewer)
    known = names()
    read(reader, WantedSums(period=AGES), known)
    assert queries() == 1
    fold()
    assert [queries(), queries()] == [2, 1]


def test_no_more_changes_are_kept_than_have_to_be_known(reviewer: User) -> None:
    last = [Change.objects.create(kept_back=True) for _ in range(MOST_KNOWN + 3)]
    fold()
    assert Change.objects.newest(kept_back=True).count() == MOST_KNOWN
    assert Change.objects.filter(kept_back=True).count() == MOST_KNOWN
    assert Change.objects.filter(pk=last[-1].pk).exists()
