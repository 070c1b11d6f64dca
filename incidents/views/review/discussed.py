"""The parts of a draft, each with what is said about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from uuid import UUID

from incidents.forms.part import PartForm
from incidents.forms.review import CommentForm, ReplyForm
from incidents.models import Comment, Incident, Section, User
from incidents.models.part import Part
from incidents.permissions import may_edit
from incidents.views.gates import MemberRequest
from incidents.views.page_of_forms import PageOfForms
from incidents.views.review.talk import PartWithTalk, Talk, Thread
from incidents.workflow.reviewing.comment import title_of


class DiscussedDraft(PageOfForms):
    """A draft and its comments, with the forms of new ones that this person opened."""

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
    def may_edit(self) -> bool:
        return may_edit(self.user, self.incident)

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
        return [PartWithTalk(row, self.talk(row.key, title_of(row))) for row in rows]

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
