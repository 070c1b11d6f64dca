"""The forms of sections, timeline, actions and factors, in which alone they differ."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from incidents.documents import document
from incidents.forms.action import NewActionForm, OldActionForm
from incidents.forms.entry import NewEntryForm, OldEntryForm
from incidents.forms.factor import NewFactorForm, OldFactorForm
from incidents.forms.part import PartForm
from incidents.forms.section import NewSectionForm, SectionForm
from incidents.models import TimelineEntry
from incidents.models.part import Part
from incidents.views.editor.page import Editor
from incidents.workflow.parts.part_kinds import (
    ACTION,
    ENTRY,
    FACTOR,
    SECTION,
    LinkedFactor,
    PartKind,
)

Needs = Callable[[Editor, Part | None], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class RowForms:
    """How one kind of row is added and changed in the browser."""

    kind: PartKind[Any, Any]
    part: str
    new: type[PartForm]
    old: type[PartForm]
    value: type[Any]
    needs: Needs


def around(editor: Editor, row: Part | None) -> dict[str, Any]:
    return {"around": editor.around(row if isinstance(row, TimelineEntry) else None)}


def nothing(editor: Editor, row: Part | None) -> dict[str, Any]:
    return {}


def linkable(editor: Editor, row: Part | None) -> dict[str, Any]:
    return editor.linkable


ROW_FORMS = {
    "sections": RowForms(
        SECTION, "section", NewSectionForm, SectionForm, document.Section, nothing
    ),
    "timeline": RowForms(
        ENTRY, "entry", NewEntryForm, OldEntryForm, document.Entry, around
    ),
    "actions": RowForms(
        ACTION, "action", NewActionForm, OldActionForm, document.Action, nothing
    ),
    "factors": RowForms(
        FACTOR, "factor", NewFactorForm, OldFactorForm, LinkedFactor, linkable
    ),
}


def entry_at(row: Part) -> str:
    """The key of an entry, which a long timeline has to be opened at."""
    return str(row.key) if isinstance(row, TimelineEntry) else ""
