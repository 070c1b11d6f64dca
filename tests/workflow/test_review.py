"""Asking for a review: who may, of what, and what is written down."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group

from incidents import models
from incidents.documents.document import Document
from incidents.models import State
from incidents.workflow.create import create
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.review import ask_for_review

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


def member(role: str) -> models.User:
    user = models.User.objects.create(username=role)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def author() -> models.User:
    return member("author")


@pytest.fixture
def draft(author: models.User) -> models.Incident:
    return create(Document(title="The lift stood still"), by=author, now=NOW)


def test_a_reader_may_not_ask_for_a_review(draft: models.Incident) -> None:
    with pytest.raises(NotAllowedError, match="may not change"):
        ask_for_review(draft, by=member("reader"), now=LATER)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_an_author_may_not_ask_for_what_is_hidden_from_them(
    draft: models.Incident,
) -> None:
    models.Incident.objects.update(visibility=models.Visibility.RESTRICTED)
    with pytest.raises(NotAllowedError):
        ask_for_review(draft, by=member("reviewer"), now=LATER)


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.PUBLISHED])
def test_only_a_draft_goes_to_review(
    draft: models.Incident, author: models.User, state: State
) -> None:
    models.Incident.objects.update(state=state)
    with pytest.raises(RefusedError, match=f"already {state.label.lower()}"):
        ask_for_review(draft, by=author, now=LATER)


def test_a_draft_in_review_remembers_who_asked_and_when(
    draft: models.Incident, author: models.User
) -> None:
    incident = ask_for_review(draft, by=author, now=LATER)
    assert incident.state == State.IN_REVIEW
    event = incident.events.get(what="asked_for_review")
    assert (event.actor, event.at) == (author, LATER)
    assert (event.before, event.after) == ({"state": "draft"}, {"state": "in_review"})
