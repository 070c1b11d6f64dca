"""Ask others to look at a postmortem before it is published, and hear their answers."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from incidents import models
from incidents.models import Answer, State
from incidents.permissions import may_review
from incidents.workflow.outgoing.requests import mail_reviewers
from incidents.workflow.record import current_revision, lock, record_event
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.reviewing.standing import digest_of_words, has_written_in

# Each costs a question or two; a form that proposes more is no help.
MOST_PROPOSED = 50


@transaction.atomic
def ask_for_review(
    incident: models.Incident,
    reviewers: Collection[models.User] = (),
    *,
    by: models.User,
    now: dt.datetime,
) -> models.Incident:
    """These people are asked, and a draft is in review from now on.

    Who is asked once more, after the words have changed, answers anew.
    """
    held = lock(incident, by)
    was = held.state
    refuse_asking_nobody(held, reviewers)
    for reviewer in reviewers:
        refuse_reviewer(held, reviewer)
        save_request(held, reviewer, by, now)
    if was == State.DRAFT:
        held.state = State.IN_REVIEW
        held.save(update_fields=["state"])
    named = {"reviewers": [user.name for user in reviewers]} if reviewers else {}
    event = record_event(
        held,
        "asked_for_review",
        by=by,
        now=now,
        before={"state": was},
        after={"state": held.state, **named},
        revision=current_revision(held, by=by, now=now),
    )
    mail_reviewers(reviewers, event)
    return held


def refuse_asking_nobody(
    held: models.Incident, reviewers: Collection[models.User]
) -> None:
    if not reviewers and held.state != State.DRAFT:
        raise RefusedError(
            "Only a draft can be sent to review. This postmortem is already "
            f"{State(held.state).label.lower()}."
        )


def refuse_reviewer(incident: models.Incident, reviewer: models.User) -> None:
    """Refuse who is no reviewer, may not see it, or has written in it."""
    if not may_review(reviewer):
        raise RefusedError(
            f"{reviewer.name} is not a reviewer. Ask somebody else, or ask an admin "
            "to give them the role."
        )
    if not models.Incident.objects.editable_by(reviewer).filter(pk=incident.pk):
        raise RefusedError(
            f"{reviewer.name} may not see this postmortem. Let them in first, under "
            "“Who can see it”."
        )
    if has_written_in(reviewer, incident):
        raise RefusedError(
            f"{reviewer.name} has written in this postmortem. Ask somebody who has "
            "not: their eyes are fresh."
        )


def may_be_asked(incident: models.Incident) -> list[models.User]:
    """Whom a form can propose: they may review it, and have not written in it."""
    people = models.User.objects.with_rights().filter(is_active=True)
    reviewers = people.filter(
        Q(has_review_postmortems=True, has_write_postmortems=True)
        | Q(is_superuser=True)
    )
    return [
        user
        for user in reviewers.order_by("username")[:MOST_PROPOSED]
        if models.Incident.objects.editable_by(user).filter(pk=incident.pk).exists()
        and not has_written_in(user, incident)
    ]


def save_request(
    incident: models.Incident,
    reviewer: models.User,
    by: models.User,
    now: dt.datetime,
) -> None:
    incident.reviews.update_or_create(
        reviewer=reviewer,
        defaults={
            "reviewer_name": reviewer.name,
            "asked_by": by,
            "asked_by_name": by.name,
            "asked_at": now,
            "answer": Answer.PENDING,
            "word": "",
            "answered_at": None,
            "revision": None,
        },
    )


@transaction.atomic
def approve(
    incident: models.Incident,
    *,
    by: models.User,
    now: dt.datetime,
    word: str = "",
    seen: str = "",
) -> models.ReviewRequest:
    """Approve it as it stands. `seen` is the digest of the words that were read."""
    held = lock_for_review(incident, by, seen)
    if has_written_in(by, held):
        raise NotAllowedError(
            "You cannot approve what you have written yourself, not even a part of "
            "it. Ask a reviewer who has not written in this postmortem."
        )
    return save_answer(held, Answer.APPROVED, word, by, now)


@transaction.atomic
def ask_for_changes(
    incident: models.Incident,
    word: str,
    *,
    by: models.User,
    now: dt.datetime,
    seen: str = "",
) -> models.ReviewRequest:
    """Ask for changes before it is published, with the reason."""
    held = lock_for_review(incident, by, seen)
    if not word.strip():
        raise RefusedError("Say what should change, so that somebody can change it.")
    return save_answer(held, Answer.CHANGES, word, by, now)


def lock_for_review(
    incident: models.Incident, by: models.User, seen: str
) -> models.Incident:
    if not may_review(by):
        raise NotAllowedError("Only reviewers can answer. Ask an admin for the role.")
    held = lock(incident, by)
    if held.state == State.DRAFT:
        raise RefusedError("This is a draft still: nobody has asked for a review yet.")
    refuse_unseen(held, seen)
    return held


def refuse_unseen(held: models.Incident, seen: str) -> None:
    """Refuse an answer about words that have changed since they were read."""
    if seen and seen != digest_of_words(held):
        raise RefusedError(
            "This postmortem changed while you were reading it. Here it is as it "
            "stands now: look at it once more, then answer again."
        )


def save_answer(
    held: models.Incident,
    given: Answer,
    word: str,
    by: models.User,
    now: dt.datetime,
) -> models.ReviewRequest:
    """Save this person's answer. Who was not asked counts as asked by themselves."""
    revision = current_revision(held, by=by, now=now)
    told = {
        "reviewer_name": by.name,
        "answer": given,
        "word": word.strip(),
        "answered_at": now,
        "revision": revision,
    }
    asked = {"asked_by": by, "asked_by_name": by.name, "asked_at": now}
    row, _ = held.reviews.update_or_create(
        reviewer=by, defaults=told, create_defaults={**told, **asked}
    )
    what = "approved" if given == Answer.APPROVED else "changes_asked"
    after = {"word": row.word}
    record_event(held, what, by=by, now=now, after=after, revision=revision)
    return row


@transaction.atomic
def back_to_draft(
    incident: models.Incident, *, by: models.User, now: dt.datetime
) -> models.Incident:
    """Not ready after all. What was answered and commented stays."""
    held = lock(incident, by)
    if held.state != State.IN_REVIEW:
        raise RefusedError(
            "Only what is in review goes back to draft. This postmortem is "
            f"{State(held.state).label.lower()}."
        )
    held.state = State.DRAFT
    held.save(update_fields=["state"])
    record_event(
        held,
        "back_to_draft",
        by=by,
        now=now,
        before={"state": State.IN_REVIEW},
        after={"state": State.DRAFT},
        revision=current_revision(held, by=by, now=now),
    )
    return held
