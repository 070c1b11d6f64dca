"""Action items while they are read."""

import datetime as dt
import re
from dataclasses import dataclass, field

from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionKind, ActionState, Priority
from incidents.documents.parse.annotations import find_url
from incidents.documents.parse.ledger import Ledger
from incidents.documents.parse.source import Slice

# A word processor's export escapes each dash and stop, also where none needs it.
NEEDLESS_ESCAPE = re.compile(r"(?<=[^\s\\])(\s*)\\(?:([-!+=])|(?<!\d\\)(\.))")


@dataclass(slots=True)
class ActionFacts:
    """What was read of an action; `used` are the words that a fact now holds."""

    owner: str = ""
    due: dt.date | None = None
    state: ActionState = ActionState.OPEN
    priority: Priority | None = None
    kind: ActionKind | None = None
    url: str = ""
    used: list[tuple[str, Slice]] = field(default_factory=list)

    def adopt(self, other: "ActionFacts") -> None:
        """Take over what the other knows."""
        self.owner = other.owner or self.owner
        self.due = other.due or self.due
        self.priority = other.priority or self.priority
        self.kind = other.kind or self.kind
        self.url = other.url or self.url
        if other.state is not ActionState.OPEN:
            self.state = other.state


@dataclass(slots=True)
class ActionDraft:
    """An action while it is read: where its words stood, and what they say."""

    text: list[Slice]
    marks: list[Slice] = field(default_factory=list)
    facts: ActionFacts = field(default_factory=ActionFacts)
    in_row: bool = False

    @property
    def words(self) -> str:
        words = " — ".join(piece.text for piece in self.text if piece)
        words = words.replace("\\|", "|") if self.in_row else words
        return NEEDLESS_ESCAPE.sub(r"\1\2\3", words)

    def account(self, ledger: Ledger, index: int) -> None:
        for piece in self.text:
            ledger.claim(f"actions/{index}/text", piece)
        for name, piece in self.facts.used:
            ledger.claim(f"actions/{index}/{name}", piece)
        for mark in self.marks:
            ledger.pass_over("action mark", mark)

    def finish(self) -> Action:
        facts, words = self.facts, self.words
        return Action(
            text=words,
            owner=Person(name=facts.owner) if facts.owner else None,
            due_on=facts.due,
            state=facts.state,
            priority=facts.priority,
            kind=facts.kind,
            url=facts.url or find_url(words),
        )
