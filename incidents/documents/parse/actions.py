"""Reading action items out of lists and tables."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionKind, ActionState, Priority
from incidents.documents.parse.annotations import (
    AT_NAME,
    DUE,
    EMPTY,
    KIND,
    KIND_OF,
    OWNER,
    PRIORITY,
    PRIORITY_OF,
    STATUS,
    TICKET,
    done_marks,
    find_url,
    is_empty,
    owner_name,
    state_of,
)
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.headings import plain
from incidents.documents.parse.items import read_item
from incidents.documents.parse.ledger import Ledger
from incidents.documents.parse.source import Slice, Source
from incidents.documents.parse.tables import Row, Table

DueReader = Callable[[str], dt.date | None]
NOTES = re.compile(
    r"(?P<lead>\s*(?:[-–—|;,]\s*)?)(?P<open>[(\[（]?)(?P<body>(?:\*\*|_)?(?:"
    rf"{OWNER}|{DUE}|{STATUS}|{PRIORITY}|{TICKET}|{KIND}|@\w)[^()\[\]（）\n]*)(?P<close>[)\]）]?)\s*\.?\s*$",
    re.I,
)
FIELD = re.compile(
    rf"^\s*(?:\*\*|__|\*|_)?(?:(?P<owner>{OWNER})|(?P<due>{DUE})|(?P<state>{STATUS})"
    rf"|(?P<priority>{PRIORITY})|(?P<kind>{KIND})|(?P<ticket>{TICKET}))"
    r"\s*(?:\*\*|__|\*|_)?\s*[:：=]?\s*(?:\*\*|__|\*|_)?\s*(?P<value>.*?)\s*(?:\*\*|__|\*|_)?\s*$",
    re.I,
)
INLINE_OWNER = re.compile(
    rf"\((?:{OWNER})?\s*[:：]?\s*(?P<name>@[\w.-]+|[A-Z]{{2,3}})\)"
)
INLINE_DUE = re.compile(
    r"\b(?:due(?: date)?|deadline|within|by|before|until|eta|bis|hasta|para el|avant le|até)\b[ :：]*(?:on |the |end of )?(?P<when>[^()\n;|]{2,40})",
    re.I,
)
COLUMNS: dict[str, str] = {
    "text": "action items?|actions?|tasks?|items?|description|todos?|to do|what|title|summary|"
    "follow ?ups?|measures?|improvements?|next steps?|remediation|activity|work|details|"
    "massnahmen?|aufgaben?|beschreibung|was|accion(?:es)?|tareas?|descripcion|que|taches?|"
    "acoes|acao|tarefas?|descricao|medidas?|アクション(?:アイテム)?|対応(?:内容)?|内容|タスク|項目|対策|行动项?|任务|措施|描述|事项|行动",
    "owner": OWNER + "|wer|quien|qui|quem|person|team|assigned|担当",
    "due": DUE + "|due|when|date|bis|wann|cuando|quand|quando|timeline|日期",
    "state": STATUS + "|done|progress|completed?|erledigt",
    "priority": PRIORITY + "|severity|urgency",
    "ticket": TICKET + "|ticket link|issue link|ticket id|jira ticket|reference|ref",
    "kind": KIND,
}


@dataclass(slots=True)
class ActionDraft:
    """An action while it is read: where its words stood, and what they say."""

    text: list[Slice]
    marks: list[Slice] = field(default_factory=list)
    facts: list[tuple[str, Slice]] = field(default_factory=list)
    extra: str = ""
    owner: str = ""
    due: dt.date | None = None
    state: ActionState = ActionState.OPEN
    priority: Priority | None = None
    kind: ActionKind | None = None
    url: str = ""

    def account(self, ledger: Ledger, index: int) -> None:
        for piece in self.text:
            ledger.claim(f"actions/{index}/text", piece)
        for name, piece in self.facts:
            ledger.claim(f"actions/{index}/{name}", piece)
        for mark in self.marks:
            ledger.pass_over("action mark", mark)

    def finish(self) -> Action:
        words = " — ".join(piece.text for piece in self.text if piece)
        words = words.replace("\\|", "|") if self.extra == "row" else words
        return Action(
            text=words,
            owner=Person(name=self.owner) if self.owner else None,
            due_on=self.due,
            state=self.state,
            priority=self.priority,
            kind=self.kind,
            url=self.url or find_url(words),
        )


class ActionReader:
    """Reads the actions of one document; due dates may count from its incident."""

    def __init__(self, source: Source, read_due: DueReader) -> None:
        self.source = source
        self.read_due = read_due

    def from_item(self, block: Block) -> ActionDraft:
        item = read_item(self.source, block)
        piece, marks, done = done_marks(item.text)
        draft = ActionDraft([piece], [item.marker, *marks])
        if done or item.is_done:
            draft.state = ActionState.DONE
        elif item.box in ("-", "~"):
            draft.state = ActionState.IN_PROGRESS
        draft.text[0] = self._trailing_notes(draft, piece)
        self._inline(draft)
        return draft

    def from_table(self, table: Table) -> Iterator[tuple[Row, ActionDraft]]:
        columns = [self._column(name) for name in table.names]
        if "text" not in columns:
            columns = self._with_text(columns, table)
        for row in table.rows:
            draft = self._row(table, row, columns)
            if any(piece for piece in draft.text):
                yield row, draft

    def _column(self, name: str) -> str:
        for kind, words in COLUMNS.items():
            if re.fullmatch(words, name, re.I):
                return kind
        for kind in ("owner", "due", "state", "priority", "ticket", "kind", "text"):
            if re.search(rf"\b(?:{COLUMNS[kind]})\b", name, re.I):
                return kind
        return "number" if name in ("", "id", "no", "nr") else "other"

    def _with_text(self, columns: list[str], table: Table) -> list[str]:
        """Without a column named for the work, the one with most words has it."""
        free = [i for i, kind in enumerate(columns) if kind in ("other", "number")]
        if free:

            def words(column: int) -> int:
                return sum(len(row.cell(column).text) for row in table.rows[:50])

            columns[max(free, key=words)] = "text"
        return columns

    def _row(self, table: Table, row: Row, columns: list[str]) -> ActionDraft:
        draft = ActionDraft([], extra="row")
        rest: list[Slice] = []
        for index, cell in enumerate(row.cells):
            if not cell:
                continue
            kind = columns[index] if index < len(columns) else "other"
            if kind == "text" and not draft.text:
                piece, marks, done = done_marks(cell)
                draft.text.append(piece.strip())
                draft.marks.extend(marks)
                draft.state = ActionState.DONE if done else draft.state
            elif not self._set(draft, kind, cell):
                rest.append(cell)
        draft.text.extend(rest)
        self._inline(draft)
        return draft

    def _set(self, draft: ActionDraft, kind: str, piece: Slice) -> bool:
        """Take a value into its field; false where the field cannot hold it whole."""
        value = piece.text.strip()
        if (
            kind != "other"
            and is_empty(value)
            or kind == "number"
            and re.fullmatch(r"#?\d+\.?", value)
        ):
            draft.marks.append(piece)
            return True
        taken = self._take(draft, kind, value)
        if taken:
            draft.facts.append((kind, piece))
        return taken

    def _take(self, draft: ActionDraft, kind: str, value: str) -> bool:
        if kind == "owner" and not draft.owner and len(value) <= 100:
            draft.owner = owner_name(value)
            return bool(draft.owner)
        if kind == "due" and draft.due is None:
            draft.due = self.read_due(value)
            return draft.due is not None and not re.search(
                r"\b(?:within|weeks?|days?|tage?n?|woche)", value, re.I
            )
        if kind == "state" and (state := state_of(value)):
            draft.state = state
            return True
        if kind == "priority" and (priority := PRIORITY_OF.get(plain(value))):
            draft.priority = priority
            return not value.casefold().startswith("p")
        if kind == "kind" and (sort := KIND_OF.get(plain(value))):
            draft.kind = sort
            return True
        if kind == "ticket" and (url := find_url(value)):
            draft.url = url
            return url == value.strip("<>")
        return False

    def _trailing_notes(self, draft: ActionDraft, piece: Slice) -> Slice:
        """Take notes such as "(Owner: Dana, due 3 May)" off the end, if all of it fits."""
        if "\n" in piece.text:
            return self._note_lines(draft, piece)
        match = NOTES.search(piece.text)
        if match is None or not piece.text[: match.start()].strip():
            return piece
        if bool(match["open"]) != bool(match["close"]):
            return piece
        trial = ActionDraft([])
        if not self._read_notes(
            trial,
            match["body"],
            piece,
            match.start("body"),
            bool(match["open"] or match["lead"].strip()),
        ):
            return piece
        self._adopt(draft, trial)
        draft.marks.append(piece.cut(match.start(), len(piece.text)))
        return piece.cut(0, match.start())

    def _read_notes(
        self, trial: ActionDraft, body: str, piece: Slice, at: int, apart: bool
    ) -> bool:
        for part in re.finditer(r"[^,;|·/、，]+(?:,\s*\d{4})?", body):
            text = part[0].strip()
            if not text:
                continue
            where = piece.cut(at + part.start(), at + part.end())
            if text.startswith("@"):
                trial.owner = trial.owner or owner_name(text)
                if not AT_NAME.fullmatch(text):
                    return False
                trial.facts.append(("owner", where))
                continue
            match = FIELD.match(text)
            if (
                match is None
                or not match["value"]
                or (
                    ":" not in text
                    and "：" not in text
                    and not (apart and match["due"])
                )
            ):
                return False
            kind = next(k for k, v in match.groupdict().items() if v and k != "value")
            if not self._take(trial, kind, match["value"]):
                return False
            trial.facts.append((kind, where))
        return bool(trial.facts)

    def _note_lines(self, draft: ActionDraft, piece: Slice) -> Slice:
        """Nested lines such as "- Owner: Dana" that say one thing each."""
        kept = []
        for number, line in enumerate(piece.lines()):
            text = re.sub(r"^\s*(?:[-*+]\s+)?", "", line.text)
            match = (
                FIELD.match(text) if number and (":" in text or "：" in text) else None
            )
            trial = ActionDraft([])
            at = len(line.text) - len(text)
            if match and self._read_notes(trial, text, line, at, apart=True):
                self._adopt(draft, trial)
                draft.marks.append(line)
            else:
                kept.append(line.ranges[0])
        return Slice(piece.source, tuple(kept)).strip()

    def _adopt(self, draft: ActionDraft, trial: ActionDraft) -> None:
        draft.owner = trial.owner or draft.owner
        draft.due = trial.due or draft.due
        draft.priority = trial.priority or draft.priority
        draft.kind = trial.kind or draft.kind
        draft.url = trial.url or draft.url
        if trial.state is not ActionState.OPEN:
            draft.state = trial.state
        draft.facts.extend(trial.facts)

    def _inline(self, draft: ActionDraft) -> None:
        """Facts in the words of the text, which keeps them."""
        text = " ".join(piece.text for piece in draft.text)
        if not draft.owner:
            match = INLINE_OWNER.search(text) or AT_NAME.search(text)
            draft.owner = owner_name(match["name"]) if match else ""
        if draft.due is None and (match := INLINE_DUE.search(text)):
            draft.due = self.read_due(match["when"])
        if draft.state is ActionState.OPEN and re.search(
            r"\*\*DONE\*\*|\bDONE\b$", text
        ):
            draft.state = ActionState.DONE


def is_nothing(text: str) -> bool:
    """Whether an item only says that there is none."""
    return plain(text) in {
        plain(word) for word in EMPTY if word.isalpha()
    } or not plain(text)
