"""Sections, timeline, actions, factors: add, save, move, remove, bring back.

The four differ in their forms and in nothing else. A row is always looked for
in its own incident: another incident's key is a 404.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.documents import document
from incidents.documents.formats.as_json import build
from incidents.forms.action import NewActionForm, OldActionForm
from incidents.forms.entry import NewEntryForm, OldEntryForm
from incidents.forms.factor import NewFactorForm, OldFactorForm
from incidents.forms.part import PartForm, version_of
from incidents.forms.section import NewSectionForm, SectionForm
from incidents.models import Event, Incident, Section, TimelineEntry
from incidents.models.part import Part
from incidents.views.editor.answers import (
    answer,
    is_unready,
    refuse,
    show_errors,
    show_preview,
)
from incidents.views.editor.asked import asked_by
from incidents.views.editor.gone import BRING_BACK, show_gone
from incidents.views.editor.page import Editor
from incidents.views.editor.parts import save_part
from incidents.views.editor.rail import panel_of
from incidents.views.gates import MemberRequest, editable_incident
from incidents.views.htmx import UNSAVED
from incidents.workflow.parts import rows
from incidents.workflow.parts.part_kinds import (
    ACTION,
    ENTRY,
    FACTOR,
    SECTION,
    LinkedFactor,
    PartKind,
)
from incidents.workflow.parts.save import GoneError, find
from incidents.workflow.refusals import RefusedError

# Sent by a browser that adds row after row by itself.
QUEUED = "queued"
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


def row_of(incident: Incident, forms: RowForms, key: UUID) -> Part:
    try:
        row: Part = find(forms.kind, incident, key)
    except GoneError as gone:
        raise Http404(str(gone)) from gone
    return row


@require_POST
def add_row(request: MemberRequest, number: int, panel: str) -> HttpResponse:
    incident = editable_incident(request, number)
    forms = ROW_FORMS[panel]
    editor = Editor(incident, asked=asked_by(request))
    before = editor.up_to(request.POST.get("after", ""))
    part = part_of_new(request, forms)
    form = forms.new(data=request.POST, part=part, **forms.needs(before, None))
    if is_unready(request):
        return show_preview(request, incident, panel, form)
    if not form.is_valid():
        return show_unadded(request, incident, panel, form)
    try:
        row = save_new(request, incident, forms, form)
    except (RefusedError, ValidationError) as refusal:
        form.add_refusal(refusal)
        return show_unadded(request, incident, panel, form)
    # A browser that adds row after row shows each: words would only push them away.
    said = "" if QUEUED in request.POST else "Added."
    done = str(form.cleaned_data.get("after") or "")
    return answer(request, incident, panel, said=said, done=done, at=entry_at(row))


def save_new(
    request: MemberRequest, incident: Incident, forms: RowForms, form: PartForm
) -> Part:
    values = form.changes
    key, after = values.pop("key"), values.pop("after", None)
    value = forms.value(**values)
    row: Part = rows.add(
        forms.kind,
        incident,
        value,
        key=key,
        after=after,
        by=request.user,
        now=timezone.now(),
    )
    return row


def entry_at(row: Part) -> str:
    """The key of an entry, which a long timeline has to be opened at."""
    return str(row.key) if isinstance(row, TimelineEntry) else ""


def part_of_new(request: MemberRequest, forms: RowForms) -> str:
    """The part in whose form a new row was written.

    A browser that sends rows one after another may hold several that could not
    be saved, so each has ids of its own.
    """
    if request.POST.get("after"):
        return f"{forms.part}-insert"
    if QUEUED in request.POST:
        return f"{forms.part}-{request.POST.get('key', '')[:36]}"
    return f"{forms.part}-new"


def show_unadded(
    request: MemberRequest, incident: Incident, panel: str, form: PartForm
) -> HttpResponse:
    """A row that could not be added: by itself, if the browser goes on with others."""
    if QUEUED not in request.POST:
        return show_errors(request, incident, panel, form)
    form.focus_first_error()
    context = {"incident": incident, "panel": panel, "form": form}
    return render(request, "editor/unsaved.html", context, status=UNSAVED)


@require_POST
def save_row(
    request: MemberRequest, number: int, panel: str, key: UUID
) -> HttpResponse:
    incident = editable_incident(request, number)
    forms = ROW_FORMS[panel]
    if removal := rows.removal_of(forms.kind, incident, key):
        if BRING_BACK not in request.POST:
            return answer_gone(request, incident, panel, removal, key)
        rows.bring_back(
            forms.kind, incident, removal, by=request.user, now=timezone.now()
        )
    row = row_of(incident, forms, key)
    extra = forms.needs(Editor(incident, asked=asked_by(request)), row)

    def form(**kwargs: Any) -> PartForm:
        return forms.old(part=f"{forms.part}-{key}", **extra, **kwargs)

    value = forms.kind.read(row)
    bound = form(data=request.POST, value=value, version=row.version)
    panel = panel_of_row(panel, row)
    if is_unready(request):
        return show_preview(request, incident, panel, bound)
    return save_part(request, incident, forms.kind, key, bound, panel=panel, again=form)


def answer_gone(
    request: MemberRequest, incident: Incident, panel: str, removal: Event, key: UUID
) -> HttpResponse:
    """The form as it was sent, made from the row as it was when it went."""
    forms = ROW_FORMS[panel]
    form = forms.old(
        data=request.POST,
        part=f"{forms.part}-{key}",
        value=build(forms.kind.value, removal.before or {}, forms.kind.name),
        version=version_of(request.POST),
        **forms.needs(Editor(incident), None),
    )
    here = form.part if panel == "sections" else panel
    return show_gone(request, incident, here, removal, form)


def panel_of_row(panel: str, row: Part) -> str:
    """Each section is a panel of its own; the other rows share one."""
    return panel_of(row) if isinstance(row, Section) else panel


@require_POST
def remove_row(
    request: MemberRequest, number: int, panel: str, key: UUID
) -> HttpResponse:
    incident = editable_incident(request, number)
    forms = ROW_FORMS[panel]
    try:
        event = rows.remove(
            forms.kind,
            incident,
            key,
            version=version_of(request.POST),
            by=request.user,
            now=timezone.now(),
        )
    except GoneError as never_here:
        raise Http404("There is no such row.") from never_here
    except RefusedError as refusal:
        return refuse(request, incident, panel, refusal)
    before = str((event.before or {}).get("after") or "")
    at = before if panel == "timeline" else ""
    return answer(request, incident, panel, undo=event, at=at)


@require_POST
def bring_back_row(
    request: MemberRequest, number: int, panel: str, event: int
) -> HttpResponse:
    """Undo a removal."""
    incident = editable_incident(request, number)
    forms = ROW_FORMS[panel]
    removal = get_object_or_404(
        incident.events, pk=event, what=f"{forms.kind.name} removed"
    )
    try:
        row = rows.bring_back(
            forms.kind, incident, removal, by=request.user, now=timezone.now()
        )
    except RefusedError as refusal:
        return refuse(request, incident, panel, refusal)
    return answer(request, incident, panel, said="It is back.", at=entry_at(row))


@require_POST
def move_row(
    request: MemberRequest, number: int, panel: str, key: UUID
) -> HttpResponse:
    """Up, down, or after a named row: `to` is "up", "down", "first" or a key."""
    incident = editable_incident(request, number)
    forms = ROW_FORMS[panel]
    row = row_of(incident, forms, key)
    try:
        rows.move(
            forms.kind,
            incident,
            key,
            after=target(row, request.POST.get("to", "")),
            by=request.user,
            now=timezone.now(),
        )
    except RefusedError as refusal:
        return refuse(request, incident, panel, refusal)
    return answer(request, incident, panel, said="Moved.", at=entry_at(row))


def target(row: Part, to: str) -> UUID | None:
    """The key of the row to stand after; None is the first place."""
    if to == "first":
        return None
    if to not in ("up", "down"):
        try:
            return UUID(to)
        except ValueError as error:
            raise Http404("There is no such place.") from error
    keys = list(
        type(row)
        ._default_manager.filter(incident=row.incident_id)
        .values_list("key", flat=True)
    )
    here = keys.index(row.key)
    keys.remove(row.key)
    place = here - 1 if to == "up" else here + 1
    place = min(max(place, 0), len(keys))
    return keys[place - 1] if place else None
