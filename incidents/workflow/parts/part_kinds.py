"""The parts of a postmortem as values: what a form fills in and a verb saves.

A part is the Document's own piece (a Section, an Entry, an Action), so that an
event, a merge and a revision all speak of the same thing. A factor points at
rows by key here, because positions move while people write.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from incidents import models
from incidents.documents.document import Action, Document, Entry, Section
from incidents.models.part import Part, SavedRow
from incidents.workflow.actions.due_and_owner import refuse_unkeepable
from incidents.workflow.parts import order
from incidents.workflow.whole.to_document import (
    action_of,
    entry_of,
    facts_of,
    participants_of,
    section_of,
)
from incidents.workflow.whole.to_rows import (
    accounts_of,
    find_or_make_labels,
    save_or_refuse,
    sign,
    write_facts,
)
from incidents.workflow.whole.values import action_values, entry_values, section_values

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedFactor:
    """A contributing factor with the keys of its evidence and of its answers."""

    text: str
    category: str = ""
    evidence: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    accepted: str = ""
    key: str = field(default="", compare=False)


Row = TypeVar("Row", bound=SavedRow)
PartRow = TypeVar("PartRow", bound=Part)
Value = TypeVar("Value", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class PartKind(Generic[Row, Value]):
    """How one kind of part is read from its row and written to it."""

    name: str
    model: type[Row]
    value: type[Value]
    texts: frozenset[str]
    read: Callable[[Row], Value]
    write: Callable[[Row, Value, models.User, dt.datetime], None]
    related: tuple[str, ...] = ()


def read_facts(incident: models.Incident) -> Document:
    return Document(**facts_of(incident), participants=participants_of(incident))


def save_facts(
    incident: models.Incident, facts: Document, by: models.User, now: dt.datetime
) -> None:
    write_facts(facts, incident, by=by, now=now)


def write_section(
    row: models.Section, section: Section, by: models.User, now: dt.datetime
) -> None:
    put(row, section_values(section), by, now)


def write_entry(
    row: models.TimelineEntry, entry: Entry, by: models.User, now: dt.datetime
) -> None:
    retimed = not row._state.adding and row.at != entry.at
    put(row, entry_values(entry, row.incident.tzinfo), by, now)
    if retimed:
        order.place_again(row)


def write_action(
    row: models.ActionItem, item: Action, by: models.User, now: dt.datetime
) -> None:
    known = [user for user in (row.owner, row.done_by, by) if user]
    values = action_values(item, accounts_of(item.owner, item.done_by, known=known))
    refuse_unkeepable(row, values)
    if not row._state.adding and row.due_on and row.due_on != item.due_on:
        row.moves += 1
    put(row, values, by, now)


def read_factor(row: models.ContributingFactor) -> LinkedFactor:
    return LinkedFactor(
        text=row.text,
        category=row.category.name if row.category else "",
        evidence=tuple(str(entry.key) for entry in row.entries.all()),
        answers=tuple(str(item.key) for item in row.actions.all()),
        accepted=row.accepted,
        key=str(row.key),
    )


def write_factor(
    row: models.ContributingFactor,
    factor: LinkedFactor,
    by: models.User,
    now: dt.datetime,
) -> None:
    category = find_or_make_labels(models.FactorCategory, [factor.category]).get(
        factor.category
    )
    put(
        row,
        {"text": factor.text, "category": category, "accepted": factor.accepted},
        by,
        now,
    )
    row.entries.set(row.incident.timeline.filter(key__in=factor.evidence))
    row.actions.set(row.incident.actions.filter(key__in=factor.answers))


def put(
    row: Part, values: Mapping[str, Any], by: models.User, now: dt.datetime
) -> None:
    """Values into a row, signed, checked by the model's own rules, and saved."""
    for name, value in values.items():
        setattr(row, name, value)
    sign(row, by, now)
    row.clean_fields(exclude={"incident", "owner", "category", "done_by", "saved_by"})
    save_or_refuse(row)


FACTS = PartKind(
    "facts", models.Incident, Document, frozenset({"title"}), read_facts, save_facts
)
SECTION = PartKind(
    "section",
    models.Section,
    Section,
    frozenset({"title", "body"}),
    section_of,
    write_section,
)
ENTRY = PartKind(
    "entry", models.TimelineEntry, Entry, frozenset({"text"}), entry_of, write_entry
)
ACTION = PartKind(
    "action",
    models.ActionItem,
    Action,
    frozenset({"text", "evidence", "declined_because"}),
    action_of,
    write_action,
    ("owner", "done_by"),
)
FACTOR = PartKind(
    "factor",
    models.ContributingFactor,
    LinkedFactor,
    frozenset({"text", "accepted"}),
    read_factor,
    write_factor,
    ("category",),
)
