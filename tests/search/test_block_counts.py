"""Numbers that are kept, and mended where something changed, are never wrong."""

from uuid import UUID

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from incidents.documents.document import Action
from incidents.documents.kinds import ActionState
from incidents.models import Event, Incident, Service, User, Visibility
from incidents.search import block_counts
from incidents.search.actions import board_numbers
from incidents.search.actions.board import Numbers, WantedItems
from incidents.search.block_counts import Counting, Stretch
from incidents.search.reports.choices import Choice, offer
from incidents.search.reports.filtering import WantedReports
from incidents.workflow.actions.state import set_state
from incidents.workflow.reviewing.access import set_access
from incidents.workflow.reviewing.withdraw import withdraw
from tests.factories import NOW, browser_of, make_draft, make_report, make_user

pytestmark = pytest.mark.django_db
TWO = (Action(text="Buy fuses"), Action(text="Label them"))


class Counter:
    """Counts one for each postmortem, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Stretch | None] = []

    def count(self, stretch: Stretch | None) -> dict[int, int]:
        self.asked.append(stretch)
        first, last = stretch or (0, 2**40)
        found = Incident.objects.filter(pk__range=(first, last))
        return {row.pk: 1 for row in found}

    def now(self) -> int:
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
        counting: Counting[int, int] = Counting(0, self.count, sum)
        return block_counts.counted("these", newest, counting)


def event(of: Incident, number: int, by: User) -> None:
    Event.objects.create(
        pk=number, incident=of, actor=by, actor_name=by.name, at=NOW, what="changed"
    )


def test_only_the_block_of_a_change_is_counted_again(author: User) -> None:
    drafts, counter = [make_draft(author) for _ in range(3)], Counter()
    last = Event.objects.order_by("-pk")[0].pk
    assert [counter.now(), counter.now()] == [3, 3]
    event(drafts[1], last + 1, author)
    assert counter.now() == 3
    number = drafts[1].pk
    assert counter.asked == [None, Stretch(number, number)]


def test_a_change_that_is_seen_after_a_later_one_is_not_lost(
    author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(block_counts, "LOOK_AGAIN", 0)
    one, other, counter = make_draft(author), make_draft(author), Counter()
    last = Event.objects.order_by("-pk")[0].pk
    event(one, last + 2, author)
    counter.now()
    event(other, last + 1, author)
    counter.now()
    assert counter.asked == [None, Stretch(other.pk, other.pk)]


def numbers(who: User) -> Numbers:
    user = User.objects.get(pk=who.pk)
    return board_numbers.counted(WantedItems(), user=user, now=timezone.now()).numbers


def choices(who: User) -> dict[str, list[Choice]]:
    user = User.objects.get(pk=who.pk)
    return offer(WantedReports(), user=user, now=timezone.now()).choices


def test_what_was_kept_is_what_is_counted_anew_after_every_change(
    reviewer: User, author: User, reader: User
) -> None:
    people = (reviewer, author, reader)
    reports = [make_report(reviewer, actions=TWO).incident for _ in range(3)]

    def tick() -> None:
        key: UUID = reports[0].actions.all()[0].key
        set_state(reports[0], key, ActionState.DONE, by=reviewer, now=timezone.now())

    def keep_back() -> None:
        secret, when = Visibility.RESTRICTED, timezone.now()
        set_access(reports[1], secret, [author], [], by=reviewer, now=when)

    def take_back() -> None:
        withdraw(reports[2], "Wrong names.", by=reviewer, now=timezone.now())

    def nothing() -> None:
        pass

    for change, left in (
        (nothing, 6),
        (tick, 5),
        (keep_back, 3),
        (take_back, 1),
    ):
        change()
        kept = [(numbers(who), choices(who)) for who in people]
        assert kept[2][0].open == left
        cache.clear()
        assert kept == [(numbers(who), choices(who)) for who in people]


def test_a_name_that_was_changed_in_the_admin_site_is_offered_at_once(
    reviewer: User,
) -> None:
    make_report(reviewer, actions=TWO)
    boss = make_user("zoe", is_staff=True, is_superuser=True)

    def offered() -> list[list[str]]:
        user = User.objects.get(pk=reviewer.pk)
        on_board = board_numbers.counted(
            WantedItems(), user=user, now=timezone.now()
        ).offered
        return [[row.value for row in choices(user)["service"]], on_board["service"]]

    assert offered() == [["lift"], ["lift"]]
    lift = Service.objects.get()
    page = reverse("admin:incidents_service_change", args=[lift.pk])
    browser_of(boss).post(page, {"name": "hoist"})
    assert offered() == [["hoist"], ["hoist"]]
