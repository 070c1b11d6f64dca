"""What was just done on the board, and how its address says so after a redirect."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from incidents.forms.board_items import BulkForm, RowForm
from incidents.search.keyset import row_number
from incidents.views.gates import MemberRequest

# What one address can name of rows that were just changed, and of their events.
MOST_NAMED = 100

MESSAGES = {
    "tick": "Done.",
    "reopen": "Open again.",
    "take": "In progress.",
    "decline": "Declined.",
    "change": "Saved.",
    "assign": "Given to another owner.",
    "move": "Moved.",
    "evidence": "The evidence is kept.",
    "snooze": "Snoozed. The date stays as it is.",
    "wake": "The snooze has ended.",
    "worked": "Verified: it worked.",
    "failed": "Open again, because it did not work.",
    "undo": "Undone.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was done just now: rows that it was done to, and what was refused."""

    done: str = ""
    changed: Collection[int] = ()
    opened: Collection[int] = ()
    events: Collection[int] = ()
    refused: Mapping[int, str] = field(default_factory=dict)
    forms: Mapping[int, RowForm] = field(default_factory=dict)
    bulk: BulkForm | None = None
    chosen: Collection[int] = ()

    @property
    def named(self) -> set[int]:
        return {*self.changed, *self.opened, *self.refused}

    @property
    def message(self) -> str:
        return MESSAGES.get(self.done, "")


def answer_in(request: MemberRequest) -> Answer:
    """What the address says was just done, after the answer to a form led here."""
    given = request.GET
    changed, opened = numbers_in(given.get("changed")), numbers_in(given.get("open"))
    return Answer(
        done=given.get("did", ""),
        changed=changed,
        opened=opened,
        events=numbers_in(given.get("undo")),
    )


def numbers_in(text: str | None) -> list[int]:
    """The numbers with dots between them that an address names."""
    found = map(row_number, (text or "")[: MOST_NAMED * 12].split("."))
    return [number for number in found if number is not None][:MOST_NAMED]


def dotted(numbers: Iterable[int]) -> str:
    return ".".join(map(str, numbers))
