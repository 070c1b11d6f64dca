"""Who gets a digest at their morning, and what it tells."""

import datetime as dt
from typing import Any

import pytest

from incidents.delivery.reminders import remind
from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionState, Priority
from incidents.models import (
    ActionItem,
    ActionPolicy,
    Delivery,
    Incident,
    User,
)
from incidents.models.incident import seen_by
from incidents.search.actions.reminders import digests, open_items, seen_by_each
from incidents.workflow.reviewing.withdraw import withdraw
from tests.counting import cost
from tests.factories import DAY, HOUR, NOW, make_draft, make_report, make_user, restrict

TODAY = NOW.date()
MORNING = dt.datetime.combine(TODAY, dt.time(8), tzinfo=dt.UTC)


def account(user: User) -> Person:
    return Person(name=user.name, account=user.username)


def promise(owner: User | None, days: int, text: str = "Buy fuses") -> Action:
    """Something that is due so many days from today."""
    person = account(owner) if owner else None
    return Action(text=text, owner=person, due_on=TODAY + days * DAY)


def long_ago(by: User, *actions: Action, **more: Any) -> Incident:
    """A draft of a while ago, so that anything can be late."""
    return make_draft(
        by,
        now=NOW - 100 * DAY,
        started_at=NOW - 100 * DAY,
        detected_at=None,
        mitigated_at=None,
        resolved_at=None,
        actions=actions,
        **{"owner": account(by), **more},
    )


def policy(**fields: Any) -> None:
    ActionPolicy.objects.update(**fields)


def give_mail(*people: User) -> None:
    for user in people:
        user.email = f"{user.username}@example.org"
        user.save(update_fields=["email"])


def mails(now: dt.datetime = MORNING) -> dict[str, Delivery]:
    """Who got a digest now, and which."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    remind(now=now)
    new = Delivery.objects.exclude(pk__in=before).select_related("to")
    return {mail.to.username: mail for mail in new if mail.to}


@pytest.fixture(autouse=True)
def with_mail(author: User, colleague: User) -> None:
    give_mail(author, colleague)


def test_nobody_is_told_of_what_was_closed_to_them(
    author: User, colleague: User
) -> None:
    incident = long_ago(author, promise(colleague, -3))
    assert set(mails()) == {"bo"}
    restrict(incident)
    assert mails(MORNING + DAY) == {}
    restrict(incident, colleague)
    assert set(mails(MORNING + 2 * DAY)) == {"bo"}


def test_a_manager_without_the_right_to_see_all_hears_of_what_they_see(
    author: User, colleague: User
) -> None:
    row = ActionPolicy.objects.get()
    row.managers.add(colleague)
    long_ago(author, promise(None, -30, "In the open"))
    restrict(long_ago(author, promise(None, -30, "In a circle")))
    mail = mails()["bo"]
    assert "In the open" in mail.text
    assert "In a circle" not in mail.text + mail.html


def test_a_reader_hears_of_nothing_in_a_draft(author: User, reader: User) -> None:
    give_mail(reader)
    long_ago(author, promise(reader, -3))
    assert mails() == {}


def test_who_left_or_has_no_address_or_wants_none_gets_none(
    author: User, colleague: User, reviewer: User, admin: User
) -> None:
    give_mail(reviewer)
    long_ago(author, *(promise(user, 0) for user in (colleague, reviewer, admin)))
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    User.objects.filter(pk=reviewer.pk).update(reminders="none")
    assert mails() == {}


def test_what_is_closed_withdrawn_or_undated_is_no_ones_worry(
    author: User, reviewer: User
) -> None:
    give_mail(reviewer)
    done = Action(
        text="Done", owner=account(author), due_on=TODAY, state=ActionState.DONE
    )
    undated = Action(text="Some day", owner=account(author))
    long_ago(author, done, undated)
    published = make_report(reviewer, actions=(promise(reviewer, 1),))
    withdraw(published.incident, reason="Wrong", by=reviewer, now=NOW)
    assert mails() == {}


def test_nothing_comes_before_the_morning_and_nothing_twice(author: User) -> None:
    long_ago(author, promise(author, -1))
    assert mails(MORNING - HOUR) == {}
    assert set(mails()) == {"ada"}
    for later in (MORNING, MORNING + HOUR, MORNING + 15 * HOUR):
        assert mails(later) == {}
    assert set(mails(MORNING + DAY)) == {"ada"}


def test_after_an_outage_one_digest_comes_and_not_five(author: User) -> None:
    long_ago(author, promise(author, -1))
    assert set(mails()) == {"ada"}
    assert set(mails(MORNING + 5 * DAY + 9 * HOUR)) == {"ada"}
    assert Delivery.objects.count() == 2


def test_what_comes_up_during_the_day_waits_for_the_next_morning(author: User) -> None:
    assert mails() == {}
    long_ago(author, promise(author, -1))
    assert mails(MORNING + 2 * HOUR) == {}
    assert set(mails(MORNING + DAY)) == {"ada"}


def test_who_asked_for_a_weekly_digest_hears_on_that_day_of_the_whole_week(
    author: User,
) -> None:
    User.objects.filter(pk=author.pk).update(reminders="weekly", reminders_day=2)
    long_ago(author, promise(author, 8), promise(author, -2))
    got = {n: mail for n in range(7) for mail in mails(MORNING + n * DAY).values()}
    assert {n: mail.subject for n, mail in got.items()} == {
        2: "1 action item is late, 1 due this week"
    }


def test_the_incidents_owner_hears_after_a_week_and_the_managers_after_two(
    author: User, colleague: User, admin: User
) -> None:
    give_mail(admin)
    long_ago(author, promise(colleague, -6))
    assert set(mails()) == {"bo"}
    told = mails(MORNING + DAY)
    assert told["ada"].subject == ("1 action item is late in incidents that you own")
    assert "Bo Lind" in told["ada"].text
    assert set(mails(MORNING + 7 * DAY)) == {"ada", "bo"}
    told = mails(MORNING + 8 * DAY)
    assert told["amir"].subject == "1 action item is late for a long time"
    assert "owner=me" not in told["amir"].text


def test_an_item_stands_in_a_digest_once(author: User, admin: User) -> None:
    """Its owner owns the incident too, and is one of the managers."""
    give_mail(admin)
    long_ago(admin, promise(admin, -40), promise(author, -40, "Sell fuses"))
    mail = mails()["amir"]
    assert mail.text.count("Buy fuses") == mail.text.count("Sell fuses") == 1
    assert mail.subject == ("1 action item is late, 1 late in incidents that you own")


def test_the_mail_says_the_same_in_both_forms(author: User, colleague: User) -> None:
    ticket = "https://acme.atlassian.net/browse/OPS-12"
    action = Action(
        text="Alert on **lag** over `30 s` & more",
        owner=account(author),
        due_on=TODAY - 12 * DAY,
        priority=Priority.HIGH,
        url=ticket,
    )
    long_ago(author, action, promise(author, 1, "Write it down"))
    mail = mails()["ada"]
    item = ActionItem.objects.get(text=action.text)
    assert mail.subject == "1 action item is late, 1 due soon"
    for form in (mail.text, mail.html):
        assert "12 days late" in form
        assert "due tomorrow, Tue 3 Mar" in form
        assert f"/actions/?open={item.pk}#item-{item.pk}" in form
        assert f"/incidents/{item.incident_id}/" in form
        assert ticket in form
        assert mail.unsubscribe in form
    assert "* Alert on lag over 30 s & more\n" in mail.text
    assert "Alert on lag over 30 s &amp; more" in mail.html
    assert "Jira OPS-12" in mail.html


def test_the_worst_twenty_are_told_and_the_rest_counted(author: User) -> None:
    long_ago(author, *(promise(author, -n, f"Item {n}.") for n in range(1, 31)))
    mail = mails()["ada"]
    assert mail.subject == "30 action items are late"
    assert "Item 30." in mail.text
    assert "Item 10." not in mail.text
    assert "And 10 more: " in mail.text


def test_many_people_and_items_cost_the_queries_of_one(
    author: User, colleague: User
) -> None:
    policy(managers_group=None)
    long_ago(author, promise(author, -9))
    people = list(User.objects.with_rights())
    row = ActionPolicy.objects.get()
    few = cost(lambda: digests(people, row, TODAY))
    writers = [make_user(f"writer{n}", "author") for n in range(5)]
    long_ago(author, *(promise(user, -9) for user in writers for _ in range(30)))
    people = list(User.objects.with_rights())
    many = cost(lambda: digests(people, row, TODAY))
    assert few == many <= 4


def test_the_question_for_many_is_the_question_for_each(
    author: User,
    colleague: User,
    reviewer: User,
    reader: User,
    stranger: User,
    admin: User,
) -> None:
    """`seen_by_each` says of every item what `seen_by` says of it to its owner."""
    cast = (author, colleague, reviewer, reader, stranger, admin)
    mine = [promise(user, 0) for user in cast]
    long_ago(author, *mine)
    restrict(long_ago(author, *mine), reader, colleague)
    restrict(make_report(reviewer, actions=tuple(mine)).incident, stranger)
    make_report(reviewer, actions=tuple(mine))
    by_group = restrict(make_report(admin, actions=tuple(mine)).incident)
    by_group.allowed_groups.add(reader.groups.get())
    each = open_items().filter(seen_by_each(cast, "owner"))
    alone = [
        row
        for user in cast
        for row in open_items().filter(seen_by(user, "incident__"), owner=user)
    ]
    assert len(alone) == len(set(alone))
    assert set(each) == set(alone)
    assert 0 < len(alone) < 30
