"""Sections, timeline, actions, factors: save, move, remove, bring back.

A row is always looked for in its own incident: another incident's key is a 404.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.documents.formats.as_json import build
from incidents.forms.part import PartForm, version_of
from incidents.models import Event, Incident, Section
from incidents.models.part import Part
from incidents.views.editor.answers import answer, is_unready, refuse, show_preview
from incidents.views.editor.gone import BRING_BACK, show_gone
from incidents.views.editor.options import options_of
from incidents.views.editor.page import Editor
from incidents.views.editor.parts import save_part
from incidents.views.editor.rail import panel_of
from incidents.views.editor.row_forms import ROW_FORMS, RowForms, entry_at
from incidents.views.gates import MemberRequest, editable_incident
from incidents.workflow.parts import rows
from incidents.workflow.parts.save import GoneError, find
from incidents.workflow.refusals import RefusedError


def row_of(incident: Incident, forms: RowForms, key: UUID) -> Part:
    try:
        row: Part = find(forms.kind, incident, key)
    except GoneError as gone:
        raise Http404(str(gone)) from gone
    return row


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
    extra = forms.needs(Editor(incident, options=options_of(request)), row)

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
    return answer(request, incident, panel, message="It is back.", at=entry_at(row))


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
    return answer(request, incident, panel, message="Moved.", at=entry_at(row))


def target(row: Part, to: str) -> UUID | None:
    """The key of the row to stand after; None is the first place.

    The verb, which locks the incident, refuses where this row or that one has gone.
    """
    if to == "first":
        return None
    if to not in ("up", "down"):
        try:
            return UUID(to)
        except ValueError as error:
            raise Http404("There is no such place.") from error
    others = (
        type(row)
        ._default_manager.filter(incident=row.incident_id)
        .exclude(pk=row.pk)
        .values_list("key", "position")
    )
    keys = [key for key, _ in others]
    here = sum(position < row.position for _, position in others)
    place = here - 1 if to == "up" else here + 1
    place = min(max(place, 0), len(keys))
    return keys[place - 1] if place else None
