"""Reading back the Markdown that this program wrote itself, without any guess."""

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Participant,
    Person,
    Section,
)
from incidents.documents.formats.markers import (
    CLOSED,
    FACTS,
    FORMAT,
    FORMAT_KEY,
    UNKNOWN,
    unescape,
)
from incidents.documents.kinds import (
    ActionKind,
    ActionState,
    Detection,
    EntryKind,
    Kind,
    Priority,
    SectionKind,
)
from incidents.documents.parse.frontmatter import FrontMatter
from incidents.documents.parse.ledger import Ledger
from incidents.documents.parse.source import Source

PART = re.compile(
    r"^<!-- (?:(?P<part>timeline|actions|factors)"
    r"|section (?P<kind>\w+)(?: (?P<title>\".*\"))?) -->$"
)
ENTRY = re.compile(
    r"^- \*\*(?P<start>.+?)(?: – (?P<until>.+?))?\*\*(?: \((?P<kind>[^()]+)\))?"
    r"(?: <!-- (?P<more>\{.*?\}) -->)?:(?: (?P<text>.*))?$",
    re.S,
)
ACTION = re.compile(r"^- \[(?P<box>[ xX])\](?: (?P<text>.*))?$", re.S)
FACTOR = re.compile(r"^-(?: (?P<text>.*))?$", re.S)
FACT = re.compile(r"^  - (?P<name>[^:]+): (?P<value>.*)$", re.S)
K = TypeVar("K", bound=Kind)

HEADING = re.compile(r"^(#{1,6}) (?P<title>.+)$", re.S)


class NotOursError(ValueError):
    """The text was changed so that it has to be read like any other."""


@dataclass(frozen=True, slots=True)
class Part:
    """One marked part: its mark, and its lines from first to last."""

    name: str
    first: int
    last: int
    kind: str = ""
    title: str | None = None


@dataclass(slots=True)
class Item:
    """A bullet: the lines of its text and the facts told below it."""

    head: re.Match[str]
    first: int
    last: int
    text: str
    facts: dict[str, str] = field(default_factory=dict)


def is_ours(front: FrontMatter) -> bool:
    return str(front.values.get(FORMAT_KEY, "")).isdigit()


def read_own(source: Source, front: FrontMatter, ledger: Ledger) -> Document:
    """The document exactly as it was written; `NotOursError` where it cannot be."""
    if int(str(front.values[FORMAT_KEY])) > FORMAT:
        raise NotOursError("written by a newer version")
    try:
        return _OwnReader(source, front, ledger).read()
    except (KeyError, ValueError, TypeError, AttributeError, InvalidOperation) as error:
        raise NotOursError(str(error)) from error


class _OwnReader:
    def __init__(self, source: Source, front: FrontMatter, ledger: Ledger) -> None:
        self.source = source
        self.values: dict[str, Any] = dict(front.values)
        self.after = front.after
        self.ledger = ledger

    def read(self) -> Document:
        self.ledger.claim("facts", self.source.slice(0, self.after))
        parts = self._parts()
        title = self._title(parts[0].first if parts else len(self.source.lines))
        sections = [part for part in parts if part.name == "section"]
        return Document(
            title=title,
            sections=tuple(self._section(n, part) for n, part in enumerate(sections)),
            timeline=self._rows(parts, "timeline", ENTRY, _entry),
            actions=self._rows(parts, "actions", ACTION, _action),
            factors=self._rows(parts, "factors", FACTOR, _factor),
            **self._facts(),
        )

    def _facts(self) -> dict[str, Any]:
        get = self.values.get
        percent, count = get("users_affected_percent"), get("users_affected_count")
        owner, detection = get("owner"), get("detection")
        return {
            "severity": get("severity"),
            "zone": get("timezone"),
            **{name: _moment(get(name)) for name in MOMENTS},
            "detection": None if detection is None else Detection(detection),
            "users_affected_percent": None if percent is None else Decimal(percent),
            "users_affected_count": None if count is None else int(count),
            "services": _names(get("services")),
            "tags": _names(get("tags")),
            "owner": None if owner is None else _person(owner),
            "participants": tuple(
                Participant(person=_person(one), role=one.get("role", ""))
                for one in get("participants") or ()
            ),
        }

    def _parts(self) -> list[Part]:
        lines = self.source.lines
        marks = [
            (n, m) for n in range(self.after, len(lines)) if (m := PART.match(lines[n]))
        ]
        ends = [n for n, _ in marks[1:]] + [len(lines)]
        parts = []
        for (first, mark), last in zip(marks, ends, strict=False):
            title = json.loads(mark["title"]) if mark["title"] else None
            parts.append(
                Part(mark["part"] or "section", first, last, mark["kind"] or "", title)
            )
        return parts

    def _title(self, before: int) -> str:
        title = self.values.get("title")
        for number in range(self.after, before):
            line = self.source.lines[number]
            heading = HEADING.match(line)
            if heading and title is None:
                title = heading["title"]
                self.ledger.claim("title", self.source.slice(number, number + 1))
            elif line.strip():
                raise NotOursError("there is text above the first part")
        if title is None:
            raise NotOursError("the title is missing")
        return str(title)

    def _section(self, index: int, part: Part) -> Section:
        first, title = part.first + 1, part.title
        if title is None:
            heading = HEADING.match(self.source.lines[first])
            if heading is None:
                raise NotOursError("a section has no heading")
            title, first = heading["title"], first + 1
        self.ledger.pass_over("heading mark", self.source.slice(part.first, first))
        lines = self.source.lines[first : part.last]
        self.ledger.claim(f"sections/{index}/body", self.source.slice(first, part.last))
        body = "\n".join(map(unescape, _as_typed(_without_edges(lines))))
        return Section(kind=SectionKind(part.kind), title=title, body=body)

    def _rows(
        self,
        parts: list[Part],
        name: str,
        shape: re.Pattern[str],
        make: Callable[[Item], Any],
    ) -> tuple[Any, ...]:
        rows: list[Any] = []
        for part in parts:
            if part.name != name:
                continue
            self.ledger.pass_over(
                "heading mark", self.source.slice(part.first, part.first + 2)
            )
            for item in self._items(part, shape):
                self.ledger.claim(
                    f"{name}/{len(rows)}/text", self.source.slice(item.first, item.last)
                )
                rows.append(make(item))
        return tuple(rows)

    def _items(self, part: Part, shape: re.Pattern[str]) -> list[Item]:
        lines = self.source.lines
        if not lines[part.first + 1].startswith("#"):
            raise NotOursError("a part has no heading")
        last = part.last - 1 if not lines[part.last - 1] else part.last
        starts = [n for n in range(part.first + 2, last) if lines[n].startswith("-")]
        if any(
            lines[n].strip()
            for n in range(part.first + 2, starts[0] if starts else last)
        ):
            raise NotOursError("there is text above the first item")
        return [
            self._item(first, end, shape)
            for first, end in zip(starts, [*starts[1:], last], strict=True)
        ]

    def _item(self, first: int, last: int, shape: re.Pattern[str]) -> Item:
        head = shape.match(self.source.lines[first])
        if head is None:
            raise NotOursError("an item cannot be read")
        below = self.source.lines[first + 1 : last]
        if any(line and not line.startswith("  ") for line in below):
            raise NotOursError("there is text between the items")
        told: list[str] = []
        if f"  {FACTS}" in below:
            at = below.index(f"  {FACTS}")
            below, told = below[:at], below[at + 1 :]
        lines = [head["text"]] if head["text"] is not None else []
        lines += [line.removeprefix("  ") for line in below]
        item = Item(head, first, last, "\n".join(map(unescape, lines)))
        for line in filter(None, told):
            fact = FACT.match(line)
            if fact is None:
                raise NotOursError("a fact cannot be read")
            item.facts[fact["name"]] = _value(fact["value"])
        return item


MOMENTS = ("started_at", "detected_at", "mitigated_at", "resolved_at")


def _as_typed(lines: list[str]) -> list[str]:
    """Without the end of a fence that its author left open."""
    return lines[:-2] if lines[-1:] == [CLOSED] else lines


def _without_edges(lines: list[str]) -> list[str]:
    """Without the one blank line above and the one below."""
    if lines and not lines[0]:
        lines = lines[1:]
    return lines[:-1] if lines and not lines[-1] else lines


def _value(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _names(values: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in values or ())


def _person(values: dict[str, str]) -> Person:
    return Person(name=values["name"], account=values.get("account"))


def _labelled(kinds: type[K], label: str) -> K:
    return next(kind for kind in kinds if kind.label == label)


def _entry(item: Item) -> Entry:
    head = item.head
    more = json.loads(head["more"]) if head["more"] else {}
    return Entry(
        text=item.text,
        at=None if head["start"] == UNKNOWN else _moment(head["start"]),
        until=_moment(head["until"]),
        kind=_labelled(EntryKind, head["kind"]) if head["kind"] else EntryKind.NOTE,
        as_written=more.get("as_written", ""),
        zone=more.get("zone", ""),
        pinned=more.get("pinned", False),
        derived=more.get("derived", False),
    )


def _action(item: Item) -> Action:
    get = item.facts.get
    done = ActionState.DONE if item.head["box"] in "xX" else ActionState.OPEN
    state, kind, priority, due = get("State"), get("Kind"), get("Priority"), get("Due")
    return Action(
        text=item.text,
        kind=_labelled(ActionKind, kind) if kind else None,
        priority=_labelled(Priority, priority) if priority else None,
        owner=_who(item, "Owner"),
        due_on=dt.date.fromisoformat(due) if due else None,
        state=_labelled(ActionState, state) if state else done,
        done_at=_moment(get("Done at")),
        done_by=_who(item, "Done by"),
        evidence=get("Evidence", ""),
        declined_because=get("Declined because", ""),
        url=get("Link", ""),
    )


def _who(item: Item, label: str) -> Person | None:
    if label not in item.facts:
        return None
    account = item.facts.get(f"{label} (account)")
    return Person(name=item.facts[label], account=account)


def _factor(item: Item) -> Factor:
    get = item.facts.get
    return Factor(
        text=item.text,
        category=get("Category", ""),
        evidence=_places(get("Evidence in the timeline", "")),
        answers=_places(get("Answered by action items", "")),
        accepted=get("Accepted because", ""),
    )


def _places(text: str) -> tuple[int, ...]:
    return tuple(int(word) - 1 for word in re.findall(r"-?\d+", text))
