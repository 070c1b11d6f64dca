"""What stands in a site with the sample content, and that nothing puts it back."""

import pytest
from django.contrib.auth import authenticate
from django.db.models import Count

from incidents import models
from incidents.management.samples.people import ACCOUNTS
from incidents.models import MANAGE, REVIEW, WRITE, State
from tests.management.seeding import seed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


@pytest.fixture(scope="module")
def seeded(lasting: None) -> str:
    """What was said when the site was filled."""
    return seed("--force")


def test_a_second_run_changes_nothing_and_says_so() -> None:
    before = list(models.Incident.objects.values()), models.Event.objects.count()
    assert "already here" in seed()
    assert before == (
        list(models.Incident.objects.values()),
        models.Event.objects.count(),
    )


def test_a_sample_that_somebody_changed_is_not_put_back() -> None:
    models.Incident.objects.update(title="Mine now", state=State.WITHDRAWN)
    assert "already here" in seed()
    assert set(models.Incident.objects.values_list("title", flat=True)) == {"Mine now"}


def test_each_account_signs_in_with_the_rights_of_its_role(seeded: str) -> None:
    rights = {}
    for person in ACCOUNTS:
        assert person.account is not None
        user = authenticate(username=person.account, password="postmortem")
        assert isinstance(user, models.User)
        assert user.name == person.name
        assert person.name in seeded
        rights[user.username] = user.rights
    assert rights == {
        "reader": set(),
        "author": {WRITE},
        "reviewer": {WRITE, REVIEW},
        "admin": {WRITE, REVIEW, MANAGE},
    }


def test_nobody_who_was_made_up_gets_mail() -> None:
    assert not models.Delivery.objects.waiting().exists()


def test_one_is_a_draft_one_in_review_and_three_are_published() -> None:
    states = models.Incident.objects.values_list("state").annotate(Count("pk"))
    assert dict(states.order_by()) == {
        State.DRAFT: 1,
        State.IN_REVIEW: 1,
        State.PUBLISHED: 3,
    }


def test_the_draft_still_asks_for_what_is_not_written() -> None:
    draft = models.Incident.objects.get(state=State.DRAFT)
    empty = draft.sections.filter(body="")
    assert empty.count() >= 3
    assert not empty.filter(prompt="").exists()


def test_every_step_is_in_the_history_at_its_own_time() -> None:
    for incident in models.Incident.objects.all():
        moments = list(incident.events.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(set(moments))
        assert moments[0] == incident.created_at
