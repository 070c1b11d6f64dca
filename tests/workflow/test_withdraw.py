"""Withdrawing a report and putting it back: who may, and that nothing is lost."""

import pytest

from incidents.models import Incident, Publication, State, User
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.withdraw import reinstate, withdraw
from tests.factories import DAY, NOW, make_draft, make_report, restrict

LATER = NOW + DAY


def test_an_author_may_not_withdraw_or_restore(reviewer: User, author: User) -> None:
    incident = make_report(reviewer).incident
    with pytest.raises(NotAllowedError, match="Only reviewers"):
        withdraw(incident, "Wrong.", by=author, now=LATER)
    withdraw(incident, "Wrong.", by=reviewer, now=LATER)
    with pytest.raises(NotAllowedError, match="Only reviewers"):
        reinstate(incident, by=author, now=LATER)


def test_what_is_hidden_is_neither_withdrawn_nor_restored(
    reviewer: User, admin: User
) -> None:
    incident = restrict(make_report(admin).incident)
    with pytest.raises(NotAllowedError):
        withdraw(incident, "Wrong.", by=reviewer, now=LATER)
    withdraw(incident, "Wrong.", by=admin, now=LATER)
    with pytest.raises(NotAllowedError):
        reinstate(incident, by=reviewer, now=LATER)


def test_only_a_report_is_withdrawn_and_only_what_is_withdrawn_restored(
    reviewer: User,
) -> None:
    draft = make_draft(reviewer)
    with pytest.raises(RefusedError, match="Only a published report"):
        withdraw(draft, "Wrong.", by=reviewer, now=LATER)
    with pytest.raises(RefusedError, match="Only a withdrawn report"):
        reinstate(draft, by=reviewer, now=LATER)


def test_who_withdraws_twice_is_told_that_it_is_done(reviewer: User) -> None:
    incident = make_report(reviewer).incident
    withdraw(incident, "Wrong.", by=reviewer, now=LATER)
    with pytest.raises(RefusedError, match="This postmortem is withdrawn"):
        withdraw(incident, "Wrong.", by=reviewer, now=LATER)


def test_a_withdrawal_says_why(reviewer: User) -> None:
    incident = make_report(reviewer).incident
    with pytest.raises(RefusedError, match="Say why"):
        withdraw(incident, " ", by=reviewer, now=LATER)
    withdraw(incident, "It names a customer.", by=reviewer, now=LATER)
    event = incident.events.first()
    assert event
    assert event.after == {"state": "withdrawn", "reason": "It names a customer."}


def test_everything_is_there_again_after_a_restore(
    reviewer: User, reader: User
) -> None:
    incident = make_report(reviewer).incident
    publish(incident, by=reviewer, now=LATER, note="Again")
    before = list(Publication.objects.values())
    withdraw(incident, "Wrong.", by=reviewer, now=LATER)
    assert not Publication.objects.readable_by(reader)
    back = reinstate(incident, by=reviewer, now=LATER + DAY)
    assert back.state == State.PUBLISHED
    assert list(Publication.objects.values()) == before
    assert Publication.objects.readable_by(reader).count() == 2
    assert Incident.objects.visible_to(reader).get() == incident
