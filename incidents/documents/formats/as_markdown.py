"""Document -> Markdown that reads well in any viewer, and that we can read back.

`parse(write(document)).document == document` holds for every document.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import yaml

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
    escape,
    in_one_line,
    opens_block,
    quote,
)
from incidents.documents.formats.open_fence import missing_close
from incidents.documents.kinds import ActionState, EntryKind

Told = tuple[str, str | None]

WIDTH = 1_000_000
# A time with its date would be read as more than text.
_A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", re.ASCII)


class _Dumper(yaml.SafeDumper):
    """Strings with unusual characters in double quotes, where YAML escapes them."""

    def represent_str(self, text: str) -> yaml.ScalarNode:
        style = None if text.isprintable() else '"'
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _Dumper.represent_str)


def write(document: Document) -> str:
    """The whole document as Markdown, its facts in front matter."""
    lines = [*_front_matter(document), ""]
    if _fits_heading(document.title):
        lines += [f"# {document.title}", ""]
    for section in document.sections:
        lines += _section(section)
    lines += _part("timeline", "Timeline", map(_entry, document.timeline))
    lines += _part("actions", "Action items", map(_action, document.actions))
    lines += _part("factors", "Contributing factors", map(_factor, document.factors))
    return "\n".join(lines)


def _front_matter(document: Document) -> list[str]:
    values = {FORMAT_KEY: FORMAT, **dict(_facts(document))}
    return ["---", *_mapping(values), "---"]


def _mapping(values: dict[str, Any]) -> Iterator[str]:
    """As YAML's own writer does it, which takes ten times as long over the frame."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield f"{name}:"
            yield from (f"  {line}" for line in _mapping(value))
        elif isinstance(value, list):
            yield f"{name}:"
            for row in value:
                yield from _list_item(row)
        else:
            yield f"{name}: {_scalar(value)}"


def _list_item(row: Any) -> Iterator[str]:
    first, *rest = _mapping(row) if isinstance(row, dict) else [_scalar(row)]
    yield f"- {first}"
    yield from (f"  {line}" for line in rest)


def _scalar(value: str | int) -> str:
    if isinstance(value, str) and _A_MOMENT.fullmatch(value):
        return f"'{value}'"
    return _in_yaml(value)


@lru_cache(maxsize=4096, typed=True)
def _in_yaml(value: str | int) -> str:
    """In one line: what could not stand in one is quoted."""
    text: str = yaml.dump({"k": value}, Dumper=_Dumper, allow_unicode=True, width=WIDTH)
    return text.removeprefix("k: ").rstrip("\n")


def _facts(document: Document) -> Iterator[tuple[str, Any]]:
    if not _fits_heading(document.title):
        yield "title", document.title
    facts = {
        "severity": document.severity,
        "timezone": document.zone,
        "started_at": _moment(document.started_at),
        "detected_at": _moment(document.detected_at),
        "mitigated_at": _moment(document.mitigated_at),
        "resolved_at": _moment(document.resolved_at),
        "detection": document.detection.value if document.detection else None,
        "users_affected_percent": _number(document.users_affected_percent),
        "users_affected_count": document.users_affected_count,
        "owner": _person(document.owner) if document.owner else None,
    }
    yield from ((name, value) for name, value in facts.items() if value is not None)
    rows = {
        "services": list(document.services),
        "tags": list(document.tags),
        "participants": [_participant(one) for one in document.participants],
    }
    yield from ((name, row) for name, row in rows.items() if row)


def _moment(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None


def _number(value: object) -> str | None:
    return None if value is None else str(value)


def _person(person: Person) -> dict[str, str]:
    account = {} if person.account is None else {"account": person.account}
    return {"name": person.name, **account}


def _participant(one: Participant) -> dict[str, str]:
    return {**_person(one.person), **({"role": one.role} if one.role else {})}


def _fits_heading(title: str) -> bool:
    return in_one_line(title) and not title.endswith("#")


def _section(section: Section) -> list[str]:
    fits = _fits_heading(section.title)
    title = "" if fits else f" {quote(section.title)}"
    lines = [f"<!-- section {section.kind.value}{title} -->"]
    if fits:
        lines.append(f"## {section.title}")
    return [*lines, "", *_body(section.body), ""] if section.body else [*lines, ""]


def _body(text: str) -> list[str]:
    """A section's text, with the end of a fence that would swallow what follows."""
    lines = [escape(line) for line in text.split("\n")]
    close = missing_close(text)
    return [*lines, close, CLOSED] if close else lines


def _part(mark: str, heading: str, items: Iterable[list[str]]) -> list[str]:
    lines = [line for item in items for line in item]
    return [f"<!-- {mark} -->", f"## {heading}", "", *lines, ""] if lines else []


def _item(head: str, text: str, facts: Iterable[Told] = ()) -> list[str]:
    """A list item; a text that starts with a block of its own goes below the head."""
    lines = [escape(line) for line in text.split("\n")] if text else []
    if lines and not opens_block(lines[0]):
        head = f"{head} {lines.pop(0)}"
    below = [f"  {line}" if line else "" for line in lines]
    told = [
        f"  - {name}: {_value(value)}" for name, value in facts if value is not None
    ]
    return [head, *below, *([f"  {FACTS}", *told] if told else [])]


def _value(text: str) -> str:
    return text if in_one_line(text) else quote(text)


def _entry(entry: Entry) -> list[str]:
    kind = "" if entry.kind is EntryKind.NOTE else f" ({entry.kind.label})"
    more = {
        "as_written": entry.as_written,
        "zone": entry.zone,
        "pinned": entry.pinned,
        "derived": entry.derived,
    }
    told = {name: value for name, value in more.items() if value}
    comment = f" <!-- {quote(told)} -->" if told else ""
    return _item(f"- **{_stamp(entry)}**{kind}{comment}:", entry.text)


def _stamp(entry: Entry) -> str:
    start = _clock(entry.at) if entry.at else UNKNOWN
    return f"{start} – {_clock(entry.until)}" if entry.until else start


def _clock(at: dt.datetime) -> str:
    whole = not at.second and not at.microsecond
    return at.isoformat(sep=" ", timespec="minutes" if whole else "auto")


def _action(action: Action) -> list[str]:
    box = "x" if action.state is ActionState.DONE else " "
    return _item(f"- [{box}]", action.text, _told(action))


def _told(action: Action) -> Iterator[Told]:
    yield from _who("Owner", action.owner)
    yield "Due", action.due_on.isoformat() if action.due_on else None
    yield "Priority", action.priority.label if action.priority else None
    yield "Kind", action.kind.label if action.kind else None
    yield "Link", action.url or None
    if action.state not in (ActionState.OPEN, ActionState.DONE):
        yield "State", action.state.label
    yield "Done at", _moment(action.done_at)
    yield from _who("Done by", action.done_by)
    yield "Evidence", action.evidence or None
    yield "Declined because", action.declined_because or None


def _who(label: str, person: Person | None) -> Iterator[Told]:
    if person:
        yield label, person.name
        yield f"{label} (account)", person.account


def _factor(factor: Factor) -> list[str]:
    facts = (
        ("Category", factor.category or None),
        ("Evidence in the timeline", _places(factor.evidence)),
        ("Answered by action items", _places(factor.answers)),
        ("Accepted because", factor.accepted or None),
    )
    return _item("-", factor.text, facts)


def _places(positions: tuple[int, ...]) -> str | None:
    """Positions as people count, from one."""
    return ", ".join(str(position + 1) for position in positions) or None
