"""Paste many lines: read, look, mend, save; all of them or none."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from incidents.documents.kinds import EntryKind
from incidents.documents.pasted import read_lines
from incidents.forms.paste import LEAVE_OUT, PastedRow, PasteForm, rows_read, rows_sent
from incidents.models import Incident
from incidents.views.editor.answers import answer
from incidents.views.editor.timeline import EditedTimeline
from incidents.views.gates import MemberRequest, editable_incident, form_page
from incidents.views.htmx import UNSAVED
from incidents.workflow.parts.add_many import add_entries
from incidents.workflow.refusals import RefusedError, words_of

KINDS = [*EntryKind.choices(), (LEAVE_OUT, "Leave out")]


@form_page
def paste(request: MemberRequest, number: int) -> HttpResponse:
    incident = editable_incident(request, number)
    if request.method != "POST":
        return show(request, incident, PasteForm(part="paste"))
    if "batch" in request.POST:
        return save(request, incident)
    form = PasteForm(data=request.POST, part="paste")
    if not form.is_valid():
        form.focus_first_error()
        return show(request, incident, form, status=UNSAVED)
    around = EditedTimeline(incident).around()
    lines = read_lines(
        form.cleaned_data["text"],
        zone=incident.zone,
        started=incident.started_at,
        previous=around.previous,
        now=around.now,
    )
    return show(request, incident, form, rows_read(lines, incident.zone))


def save(request: MemberRequest, incident: Incident) -> HttpResponse:
    rows = rows_sent(request.POST, EditedTimeline(incident).around())
    form = PasteForm(initial={"text": request.POST.get("pasted", "")}, part="paste")
    entries = [row.entry for row in rows if row.entry]
    if any(row.error for row in rows) or not entries:
        message = "" if entries else "There is nothing to save: every line is left out."
        return show(request, incident, form, rows, message=message, status=UNSAVED)
    try:
        count = add_entries(
            incident,
            entries,
            batch=batch_of(request),
            by=request.user,
            now=timezone.now(),
        )
    except (RefusedError, ValidationError) as refusal:
        message = words_of(refusal)
        return show(request, incident, form, rows, message=message, status=UNSAVED)
    message = f"{count} entries were added." if count else "These were saved already."
    return answer(request, incident, "timeline", message=message)


def batch_of(request: MemberRequest) -> UUID:
    try:
        return UUID(request.POST["batch"])
    except ValueError:
        return uuid4()


def show(
    request: MemberRequest,
    incident: Incident,
    form: PasteForm,
    rows: list[PastedRow] | None = None,
    *,
    message: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "incident": incident,
        "form": form,
        "rows": rows,
        "message": message,
        "kinds": KINDS,
        "batch": request.POST.get("batch") or uuid4(),
        "marked": sum(row.marked for row in rows or []),
    }
    return render(request, "editor/paste.html", context, status=status)
