"""What is said about one part of a draft, as the page shows it."""

from dataclasses import dataclass

from incidents.forms.part import PartForm
from incidents.models import Comment
from incidents.models.part import Part


@dataclass(frozen=True, slots=True)
class Thread:
    first: Comment
    replies: list[Comment]
    form: PartForm | None


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said about one part, and the form of a new comment if it is open."""

    part: str
    about: str
    threads: list[Thread]
    form: PartForm | None = None

    @property
    def open(self) -> int:
        return sum(1 for thread in self.threads if thread.first.resolved_at is None)

    @property
    def anchor(self) -> str:
        return f"part-{self.part}" if self.part else "comments"

    @property
    def box(self) -> str:
        """The id of the text box of a new comment: who is led there can write."""
        return f"comment-{self.part}-text" if self.part else "comment-text"

    @property
    def label(self) -> str:
        return self.about or "the whole"


@dataclass(frozen=True, slots=True)
class PartWithTalk:
    """A row of the draft with what is said about it."""

    row: Part
    talk: Talk
