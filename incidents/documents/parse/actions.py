"""Reading action items out of list items and table rows."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from incidents.documents.kinds import ActionState
from incidents.documents.parse.action_drafts import ActionDraft, ActionFacts
from incidents.documents.parse.annotations import (
    AT_FULL_NAME,
    AT_NAME,
    DONE_ON,
    DUE,
    KIND,
    OWNER,
    PRIORITY,
    STATUS,
    TICKET,
    is_empty,
    owner_name,
    state_marks,
)
from incidents.documents.parse.blocks import Item
from incidents.documents.parse.due import is_about
from incidents.documents.parse.headings import plain
from incidents.documents.parse.moments import day_of
from incidents.documents.parse.note_shapes import (
    LABELS,
    LAST_NAME,
    LONGEST_NAME,
    SURE_NAME,
)
from incidents.documents.parse.notes import DueReader, NoteReader
from incidents.documents.parse.source import Slice, Source
from incidents.documents.parse.tables import Row, Table

BEHIND_BRACKET = re.compile(
    rf"\((?:{OWNER})?\s*[:：]?\s*(?P<name>@[\w.-]+|[A-Z]{{2,3}})\)"
)
# "(assigned to Lee)": the words say who, without a colon.
GIVEN_TO = re.compile(
    r"[(\[](?:assigned to|owned by)\s+(?P<name>[^()\[\],;]{2,40})[)\],;]", re.I
)
DAY_AND_MONTH = re.compile(r"\d{1,2}[/.]\d{1,2}\.?")
NAME_WORDS = r"[A-ZÀ-Þ][\w.'-]*(?: [A-ZÀ-Þ][\w.'-]*){0,2}"
NAME = re.compile(NAME_WORDS)
OPENER = re.compile(
    rf"(?P<bold>\*\*|__)?@?(?P<name>{NAME_WORDS}(?: [Tt]eam)?)(?P<colon>[:：])?"
    r"(?(bold)(?P=bold))(?(colon)|[:：])\s+(?=\S)"
)
IN_BRACKETS = re.compile(r"\((?P<name>[^()]{2,40})\)")
DUE_INSIDE = re.compile(
    r"\b(?:due(?: date)?|deadline|within|by|before|until|eta|bis|hasta|para el|avant le"
    r"|até)\b[ :：]*(?:on |the |end of )?(?P<when>[^()\n;|]{2,40})",
    re.I,
)
SAID_INSIDE = {
    name: re.compile(
        rf"\b(?:{words})(?:\*\*|_)?\s*[:：]"
        rf"(?P<value>(?:(?!\.\s+(?:{LABELS})\s*[:：])[^–—|;,()\[\]\n]){{2,60}})",
        re.I,
    )
    for name, words in (("owner", OWNER), ("due", DUE))
}
# "– ravi, by Friday", "– Ravi Shah, done in May", "-> Bo, next week".
BEHIND_DASH = re.compile(
    r"\s(?:[–—-]|(?P<given>->|=>|→))\s"
    r"@?(?P<name>[\w.-]{2,30}(?: [A-ZÀ-Þ][\w.-]{1,30}){0,2}(?: team)?)"
    r"(?=\s*(?:[,;]|$|[–—-]\s))"
)
# "– fin mars", "(Ann, Q3)": the last words, where they are about a day.
LAST_WORDS = re.compile(
    r"(?:(?P<apart>\s[–—-]\s+|(?:\(|\s(?:[–—-]|->|=>|→)\s)[^()]*?,\s*)|,\s+)"
    r"(?P<when>[^–—(),]{2,30}?)\)?\.?$"
)
PRIORITY_INSIDE = re.compile(r"[(\[](P[0-4])[)\]]")
DONE_INSIDE = re.compile(r"\*\*DONE\*\*|\bDONE\b$")
COLUMNS: dict[str, str] = {
    "text": "action items?|changes?|actions?"
    "|tasks?|items?|description|todos?|to do|what|title"
    "|summary|follow ?ups?|measures?|improvements?|next steps?|remediation|activity"
    "|work|details|massnahmen?|aufgaben?|beschreibung|was|accion(?:es)?|tareas?"
    "|descripcion|que|taches?|acoes|acao|tarefas?|descricao|medidas?"
    "|アクション(?:アイテム)?|対応(?:内容)?|内容|タスク|項目|対策|行动项?|任务|措施|描述|事项|行动",
    "owner": f"{OWNER}|wer|quien|qui|quem|person|team|assigned|担当",
    "due": f"{DUE}|due|by|when|date|bis|wann|cuando|quand|quando|timeline|日期",
    "state": f"{STATUS}|done|progress|completed?|erledigt",
    "priority": f"{PRIORITY}|severity|urgency",
    "ticket": f"{TICKET}|key|ticket link|issue link|ticket id|jira ticket|reference"
    "|ref",
    "kind": KIND,
}
BY_WORD = ("owner", "due", "state", "priority", "ticket", "kind", "text")
ROW_NUMBER = re.compile(r"#?\d+\.?")
NOTHING = frozenset(
    [
        "none",
        "n a",
        "na",
        "tbd",
        "tba",
        "keine",
        "ninguna",
        "ninguno",
        "aucune",
        "nenhuma",
        "なし",
        "無し",
        "无",
    ]
)
SAMPLE, FEWEST = 50, 2
INITIALS_OR_TEAM = re.compile(r"(?:[A-Z]\.\s?){2,3}|[Tt]eam\s\S.*|\S.*\s[Tt]eam")
# A label that opens the text, perhaps in bold, is what the item is about.
AT_START = 3


class ActionReader:
    """Reads the actions of one document; due dates may count from its incident."""

    def __init__(
        self, source: Source, read_due: DueReader, people: Iterable[str] = ()
    ) -> None:
        self.source = source
        self.people = frozenset(people)
        self.called = frozenset(name for one in self.people for name in _names_of(one))
        self.notes = NoteReader(read_due, self._trusts)
        self.named: frozenset[str] = frozenset()
        self.openers: frozenset[str] = frozenset()

    def meet(self, texts: list[str]) -> None:
        """A list whose every item ends with a bracket names people in them; so does
        one whose every item opens with a name, where half of these are known."""
        firsts = [m["name"] for m in map(OPENER.match, texts) if m]
        known = sum(map(self._trusts, firsts))
        all_open = len(firsts) == len(texts) >= FEWEST and 2 * known >= len(firsts)
        self.openers = frozenset(firsts if all_open else ())
        lasts = [text.rstrip(". ")[-LONGEST_NAME:] for text in texts]
        ends = [LAST_NAME.search(last) for last in lasts]
        inside = [end["inside"] for end in ends if end and end["inside"]]
        names = [name for name in inside if NAME.fullmatch(name)]
        same = len(names) == len(texts) >= FEWEST
        self.named = frozenset(names if same else ())

    def _trusts(self, name: str) -> bool:
        """Whether a bare name is surely somebody who can own work."""
        known = name in self.named or name in self.called
        return known or INITIALS_OR_TEAM.fullmatch(name) is not None

    def from_item(self, item: Item) -> ActionDraft:
        draft = self.from_text(item.text)
        draft.marks.append(item.marker)
        if item.is_done:
            draft.facts.state = ActionState.DONE
        elif item.box in ("-", "~"):
            draft.facts.state = ActionState.IN_PROGRESS
        return draft

    def from_text(self, text: Slice) -> ActionDraft:
        piece, marks, state = state_marks(text)
        draft = ActionDraft([piece], marks)
        draft.facts.state = state or ActionState.OPEN
        piece = self.notes.take_notes(draft, piece)
        if state is None:
            piece, marks, state = state_marks(piece)
            draft.marks.extend(marks)
            draft.facts.state = state or draft.facts.state
        piece = self.notes.take_label(draft, piece)
        draft.text[0] = self._take_opener(draft, piece)
        self._read_inside(draft)
        return draft

    def _take_opener(self, draft: ActionDraft, piece: Slice) -> Slice:
        """The text without the name that opens it: "Ann: alert on lag"."""
        match = OPENER.match(piece.first)
        if match is None or draft.facts.owner:
            return piece
        if match["name"] not in self.openers and not self._trusts(match["name"]):
            return piece
        draft.facts.owner = match["name"]
        draft.facts.used.append(("owner", piece.before(match.end())))
        return piece.after(match.end())

    def from_table(self, table: Table) -> Iterator[tuple[Row, ActionDraft]]:
        columns = [_column(name) for name in table.names]
        if "text" not in columns:
            columns = _with_text(columns, table)
        for row in table.rows:
            yield row, self._row(row, columns)

    def _row(self, row: Row, columns: list[str]) -> ActionDraft:
        draft = ActionDraft([], in_row=True)
        rest: list[Slice] = []
        for index, cell in enumerate(row.cells):
            kind = columns[index] if index < len(columns) else "other"
            piece, marks, state = state_marks(cell) if cell else (cell, [], None)
            draft.marks.extend(marks)
            draft.facts.state = state or draft.facts.state
            if kind == "text" and piece and not draft.text:
                draft.text.append(piece.strip())
            elif piece and not self._cell(draft, kind, piece.strip()):
                rest.append(piece.strip())
        draft.text.extend(rest)
        self._read_inside(draft)
        return draft

    def _cell(self, draft: ActionDraft, kind: str, cell: Slice) -> bool:
        """Take a cell into its fact; false where its words have to be kept."""
        value = cell.text.strip()
        is_number = kind == "number" and ROW_NUMBER.fullmatch(value)
        if is_number or (kind != "other" and is_empty(value)):
            draft.marks.append(cell)
            return True
        taken = self.notes.take(draft.facts, kind, value)
        if taken:
            draft.facts.used.append((kind, cell))
        return taken

    def _read_inside(self, draft: ActionDraft) -> None:
        """Facts in the middle of the text, which keeps them."""
        facts, text = draft.facts, draft.words
        for name, shape in SAID_INSIDE.items():
            match = shape.search(text)
            if match and match.start() > AT_START and not getattr(facts, name):
                self.notes.take(facts, name, match["value"].strip(" *_"))
        if facts.priority is None and (match := PRIORITY_INSIDE.search(text)):
            self.notes.take(facts, "priority", match[1])
        if not facts.owner:
            shapes = (BEHIND_BRACKET, GIVEN_TO, AT_FULL_NAME, AT_NAME)
            match = next(filter(None, (one.search(text) for one in shapes)), None)
            facts.owner = (
                owner_name(match["name"]) if match else self._known(facts, text)
            )
        if facts.due is None and (match := DUE_INSIDE.search(text)):
            facts.due = self.notes.read_due(match["when"])
        if facts.due is None:
            facts.due = self._due_at_last(text)
        if facts.state is ActionState.OPEN and _says_done(text):
            facts.state = ActionState.DONE

    def _due_at_last(self, text: str) -> dt.date | None:
        """A due date in the last words, where these are about a day."""
        last = LAST_WORDS.search(text)
        if last is None:
            return None
        is_due = is_about(last["when"]) or (last["apart"] and day_of(last["when"]))
        return self.notes.read_due(last["when"]) if is_due else None

    def _known(self, facts: ActionFacts, text: str) -> str:
        """Somebody named elsewhere too, before a state, or in brackets with a date."""
        behind = [*BEHIND_DASH.finditer(text)]
        for match in reversed(behind):
            name, is_last = match["name"], match is behind[-1]
            begun = facts.state is not ActionState.OPEN
            given = match["given"] or (begun and SURE_NAME.fullmatch(name))
            if (is_last and given) or self._trusts(name):
                return name
        for match in IN_BRACKETS.finditer(text):
            name, comma, rest = (part.strip() for part in match["name"].partition(","))
            if name in self.people:
                return name
            said = DUE_INSIDE.match(rest)
            due = self.notes.read_due(said["when"] if said else rest) if comma else None
            if due and NAME.fullmatch(name):
                facts.due = facts.due or due
                return name
        return ""


def _names_of(full: str) -> tuple[str, ...]:
    """What somebody may be called: "Ann", "A. Lee" and "Ann Lee"."""
    first, _, last = re.sub(r"[._]", " ", full).partition(" ")
    return full, first, f"{first[:1]}. {last}"


def _says_done(text: str) -> bool:
    """Whether a text says that it is done, or on which day it was."""
    on = DONE_ON.search(text)
    when = on["when"] if on else ""
    told = day_of(when) or DAY_AND_MONTH.fullmatch(when)
    return bool(DONE_INSIDE.search(text) or told)


def _column(name: str) -> str:
    """What a column of this name holds."""
    for kind, words in COLUMNS.items():
        if re.fullmatch(words, name, re.I):
            return kind
    for kind in BY_WORD:
        if re.search(rf"\b(?:{COLUMNS[kind]})\b", name, re.I):
            return kind
    return "number" if name in ("", "id", "no", "nr") else "other"


def names_tasks(columns: Iterable[str]) -> bool:
    """Whether columns so named can only be those of a list of tasks."""
    kinds = {
        kind
        for name in columns
        for kind, words in COLUMNS.items()
        if re.fullmatch(words, name, re.I)
    }
    return {"text", "owner", "state"} <= kinds


def _with_text(columns: list[str], table: Table) -> list[str]:
    """Without a column named for the work, the one with most words has it."""

    def words(column: int) -> int:
        return sum(len(row.cell(column).text) for row in table.rows[:SAMPLE])

    free = [n for n, kind in enumerate(columns) if kind in ("other", "number")]
    if not free:
        return columns
    longest = max(free, key=words)
    return [*columns[:longest], "text", *columns[longest + 1 :]]


def is_nothing(text: str) -> bool:
    """Whether an item only says that there is none."""
    return plain(text) in NOTHING or not plain(text)
