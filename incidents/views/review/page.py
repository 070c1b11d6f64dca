"""What the review shows: the draft as it reads, and what is said and asked about it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from incidents.documents.calendar.durations import in_words
from incidents.documents.checks import failed
from incidents.documents.comparing.reading import FACTS
from incidents.documents.document import Document
from incidents.documents.showing.lengths import lengths
from incidents.forms.part import PartForm
from incidents.forms.review import AnswerForm, AskForm, PublishForm, WithdrawForm
from incidents.models import Event, Incident, Publication, State
from incidents.permissions import may_review
from incidents.views.editor.checks import REVIEW, LinkedCheck, linked_checks
from incidents.views.gates import MemberRequest
from incidents.views.review.advice import Advice
from incidents.views.review.discussed import DiscussedDraft
from incidents.workflow.reviewing.publish import why_bare
from incidents.workflow.reviewing.review import may_be_asked
from incidents.workflow.reviewing.standing import (
    StandingAnswer,
    checks_of,
    digest_of_words,
    has_written_in,
    standing_answers,
)
from incidents.workflow.whole.to_document import to_document

# Facts that stand on top of the page anyway.
ON_TOP = ("Title", "Severity")
# The questions that reviewers of postmortems ask.
QUESTIONS = (
    ("Was the data kept?", "Logs, graphs and chats last only for a while."),
    ("Is the impact complete?", "Who was hurt, how much, and how long?"),
    ("Is the cause deep enough?", "Would the same conditions do it again?"),
    ("Do the actions answer the causes?", "Each one, and not their signs alone."),
    ("Will readers learn?", "Somebody who was not there should understand it."),
)


class Review(DiscussedDraft):
    """One postmortem as one person reviews it. Nothing is asked of it twice."""

    @cached_property
    def document(self) -> Document:
        return to_document(self.incident)

    @cached_property
    def digest(self) -> str:
        return digest_of_words(self.incident, self.document)

    @cached_property
    def answers(self) -> list[StandingAnswer]:
        return standing_answers(self.incident, self.document)

    @cached_property
    def checks(self) -> list[LinkedCheck]:
        found = checks_of(self.incident, self.document, self.answers)
        return linked_checks(found, self.incident, self.sections, here=REVIEW)

    @property
    def lacking(self) -> list[LinkedCheck]:
        required = failed([linked.check for linked in self.checks])
        return [linked for linked in self.checks if linked.check in required]

    @property
    def bare(self) -> str:
        """What no report can do without, if something of it is missing."""
        return why_bare(self.document)

    # What this person may do

    @property
    def may_review(self) -> bool:
        return may_review(self.user)

    @cached_property
    def is_author(self) -> bool:
        return has_written_in(self.user, self.incident)

    @property
    def may_answer(self) -> bool:
        asked = self.incident.state != State.DRAFT
        return self.may_edit and self.may_review and asked and not self.is_author

    @property
    def has_answered(self) -> bool:
        """Whether this person has, about the words as they stand."""
        return any(
            given.is_answered and not given.is_stale
            for given in self.answers
            if given.request.reviewer_id == self.user.pk
        )

    @property
    def may_publish(self) -> bool:
        return self.may_edit and self.may_review

    # Forms

    @property
    def ask(self) -> PartForm:
        return self.form("ask", AskForm)

    @property
    def reviewers(self) -> list[tuple[str, str]]:
        """Whom the form proposes."""
        return [(user.username, user.name) for user in may_be_asked(self.incident)]

    @property
    def answer(self) -> PartForm:
        return self.form("answer", AnswerForm, digest=self.digest)

    @property
    def publish(self) -> PartForm:
        return self.form("publish", PublishForm, **self.publishing)

    @property
    def publishing(self) -> dict[str, Any]:
        return {
            "digest": self.digest,
            "newest": self.newest.number if self.newest else 0,
            "lacking": bool(self.lacking),
        }

    @property
    def withdraw(self) -> PartForm:
        return self.form("withdraw", WithdrawForm)

    # What is there

    @cached_property
    def newest(self) -> Publication | None:
        return self.incident.publications.defer("document", "html").first()

    @property
    def withdrawal(self) -> Event | None:
        return self.incident.events.filter(what="withdrawn").first()

    @cached_property
    def advice(self) -> Advice:
        return Advice(self.incident, self.document)

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        """What is approved beside the text; what is not set is to be seen, too."""
        for label, read in FACTS:
            if label not in ON_TOP:
                yield label, read(self.document)
        for label, length in lengths(self.document):
            yield label, in_words(length)


def page(request: MemberRequest, review: Review, status: int = 200) -> HttpResponse:
    context = {
        "review": review,
        "incident": review.incident,
        "questions": QUESTIONS,
    }
    return render(request, "review/page.html", context, status=status)


def address(incident: Incident, anchor: str = "") -> str:
    page = reverse("incidents:review", args=[incident.pk])
    return f"{page}#{anchor}" if anchor else page
