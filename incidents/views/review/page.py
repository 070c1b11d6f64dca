"""What the review shows: the draft as it reads, and what is said and asked about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from incidents.documents.calendar.durations import in_words
from incidents.documents.checks import failed
from incidents.documents.comparing.reading import FACTS
from incidents.documents.document import Document
from incidents.documents.showing.lengths import lengths
from incidents.forms.part import PartForm
from incidents.forms.review import (
    AnswerForm,
    AskForm,
    CommentForm,
    PublishForm,
    ReplyForm,
    WithdrawForm,
)
from incidents.models import (
    Comment,
    Event,
    Incident,
    Publication,
    Section,
    State,
    User,
)
from incidents.models.part import Part
from incidents.permissions import may_edit, may_review
from incidents.views.editor.checks import REVIEW, LinkedCheck, linked_checks
from incidents.views.gates import MemberRequest
from incidents.views.page_of_forms import PageOfForms
from incidents.views.review.advice import Advice
from incidents.views.review.talk import PartWithTalk, Talk, Thread
from incidents.workflow.reviewing.comment import called
from incidents.workflow.reviewing.publish import why_bare
from incidents.workflow.reviewing.review import may_be_asked
from incidents.workflow.reviewing.standing import (
    StandingAnswer,
    checks_of,
    mark_of,
    standing_answers,
    wrote,
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


class Review(PageOfForms):
    """One postmortem as one person reviews it. Nothing is asked of it twice."""

    def __init__(
        self,
        request: MemberRequest,
        incident: Incident,
        *,
        bound: PartForm | None = None,
    ) -> None:
        super().__init__(bound)
        self.incident = incident
        self.user: User = request.user
        self.opened = request.GET.get("comment")
        self.answering = request.GET.get("reply", "")

    @cached_property
    def document(self) -> Document:
        return to_document(self.incident)

    @cached_property
    def mark(self) -> str:
        return mark_of(self.incident, self.document)

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

    @cached_property
    def may_edit(self) -> bool:
        return may_edit(self.user, self.incident)

    @property
    def may_review(self) -> bool:
        return may_review(self.user)

    @cached_property
    def is_author(self) -> bool:
        return wrote(self.user, self.incident)

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
        return self.form("answer", AnswerForm, mark=self.mark)

    @property
    def publish(self) -> PartForm:
        return self.form("publish", PublishForm, **self.publishing)

    @property
    def publishing(self) -> dict[str, Any]:
        return {
            "mark": self.mark,
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

    # The draft and the talk about it

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        """What is approved beside the text; what is not set is to be seen, too."""
        for label, read in FACTS:
            if label not in ON_TOP:
                yield label, read(self.document)
        for label, length in lengths(self.document):
            yield label, in_words(length)

    @cached_property
    def comments(self) -> dict[UUID | None, list[Comment]]:
        found: dict[UUID | None, list[Comment]] = defaultdict(list)
        for row in self.incident.comments.select_related("author", "resolved_by"):
            found[row.part].append(row)
        return found

    def talk(self, part: UUID | None, about: str) -> Talk:
        name = str(part) if part else ""
        rows = self.comments.get(part, [])
        threads = [self.thread(row, rows) for row in rows if row.reply_to_id is None]
        return Talk(name, about, threads, self.comment_form(name))

    def thread(self, first: Comment, rows: list[Comment]) -> Thread:
        replies = [row for row in rows if row.reply_to_id == first.pk]
        part = f"reply-{first.pk}"
        asked = self.is_bound(part) or self.answering == str(first.pk)
        return Thread(first, replies, self.form(part, ReplyForm) if asked else None)

    def comment_form(self, name: str) -> PartForm | None:
        part = f"comment-{name}" if name else "comment"
        asked = self.is_bound(part) or name == self.opened
        if not (asked and self.may_edit):
            return None
        return self.form(part, CommentForm, initial={"about": name or None})

    @cached_property
    def whole(self) -> Talk:
        return self.talk(None, "")

    def with_talk(self, rows: Iterable[Part]) -> list[PartWithTalk]:
        return [PartWithTalk(row, self.talk(row.key, called(row))) for row in rows]

    @cached_property
    def sections(self) -> list[Section]:
        return list(self.incident.sections.all())

    @cached_property
    def sections_with_talk(self) -> list[PartWithTalk]:
        return self.with_talk(self.sections)

    @cached_property
    def timeline(self) -> list[PartWithTalk]:
        return self.with_talk(self.incident.timeline.all())

    @cached_property
    def factors(self) -> list[PartWithTalk]:
        rows = self.incident.factors.select_related("category")
        return self.with_talk(rows.prefetch_related("entries", "actions"))

    @cached_property
    def actions(self) -> list[PartWithTalk]:
        return self.with_talk(self.incident.actions.select_related("owner"))

    @cached_property
    def gone(self) -> list[Talk]:
        """What was said about parts that are not there any more."""
        there = {part.row.key for part in self.parts} | {None}
        return [
            self.talk(part, rows[0].about)
            for part, rows in self.comments.items()
            if part not in there
        ]

    @property
    def parts(self) -> Iterator[PartWithTalk]:
        yield from self.sections_with_talk
        yield from self.timeline
        yield from self.factors
        yield from self.actions

    @cached_property
    def open_talks(self) -> list[Talk]:
        """Where comments are open, in the order of the page."""
        talks = [self.whole, *(part.talk for part in self.parts), *self.gone]
        return [talk for talk in talks if talk.open]

    @property
    def open_comments(self) -> int:
        return sum(talk.open for talk in self.open_talks)


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
