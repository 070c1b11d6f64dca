"""What a sample is: a postmortem, how far it has come, and when it came there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from incidents.documents.document import Action, Document, Entry, Section
from incidents.documents.kinds import SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment on the part that is called so, or begins so. `by` is an account."""

    by: str
    about: str
    text: str
    reply: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A draft, unless it was shared for review, or published after that."""

    document: Document
    started_writing: dt.datetime
    shared: dt.datetime | None = None
    published: dt.datetime | None = None
    remarks: tuple[Remark, ...] = ()


def section(kind: SectionKind, title: str, body: str = "") -> Section:
    return Section(kind=kind, title=title, body=body.strip())


def seen_at(timeline: Sequence[Entry], *clocks: str) -> tuple[int, ...]:
    """The places of the entries written with these times: evidence of a factor."""
    written = [entry.as_written for entry in timeline]
    return tuple(sorted(written.index(clock) for clock in clocks))


def answered_by(actions: Sequence[Action], *openings: str) -> tuple[int, ...]:
    """The places of the actions that begin with these words."""
    found = [
        place for place, item in enumerate(actions) if item.text.startswith(openings)
    ]
    assert len(found) == len(openings), f"No action for one of {openings}"
    return tuple(found)
