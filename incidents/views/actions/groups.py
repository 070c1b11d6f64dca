"""The rows of the board with what stands beside them, in groups."""

from dataclasses import dataclass

from incidents.forms.board_items import RowForm
from incidents.models import ActionItem
from incidents.views.actions.headings import Heading


@dataclass(slots=True)
class Item:
    """A row with what stands beside it on this page."""

    row: ActionItem
    late: int
    form: RowForm | None = None
    refused: str = ""
    message: str = ""
    changed: bool = False
    asks_evidence: bool = False
    may_verify: bool = False
    snoozed: bool = False

    @property
    def cache_key(self) -> tuple[object, ...]:
        """The same for items whose lines look the same; not what is said below."""
        row = self.row
        owner = row.owner and row.owner.name
        about = (row.incident.title, row.incident.state, owner)
        here = (self.late, self.snoozed, self.changed)
        return (row.pk, row.version, row.moves, *about, *here)

    @property
    def may_snooze(self) -> bool:
        return bool(self.row.due_on and not self.row.is_closed)

    @property
    def has_more(self) -> bool:
        """Whether anything is said below the line of the row."""
        row = self.row
        closed = row.evidence or row.declined_because or row.verified_at
        below = self.form or self.refused or self.message or self.snoozed
        return bool(below or row.did_not_work or (row.is_closed and closed))


@dataclass(slots=True)
class Group:
    heading: Heading
    items: list[Item]

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said below any line, so that the lines are all."""
        return not any(item.has_more for item in self.items)

    @property
    def cache_key(self) -> tuple[object, ...]:
        """The same for plain groups that look the same."""
        return (self.heading, *(item.cache_key for item in self.items))
