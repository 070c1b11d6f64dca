"""Add a section, an entry, an action item or a factor."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.forms.part import PartForm
from incidents.models import Incident
from incidents.models.part import Part
from incidents.views.editor.answers import answer, is_unready, show_errors, show_preview
from incidents.views.editor.options import options_of
from incidents.views.editor.page import Editor
from incidents.views.editor.row_forms import ROW_FORMS, RowForms, entry_at
from incidents.views.gates import MemberRequest, editable_incident
from incidents.views.htmx import UNSAVED
from incidents.workflow.parts import rows
from incidents.workflow.refusals import RefusedError

# Sent by a browser that adds row after row by itself.
QUEUED = "queued"


@require_POST
def add_row(request: MemberRequest, number: int, panel: str) -> HttpResponse:
    incident = editable_incident(request, number)
    forms = ROW_FORMS[panel]
    editor = Editor(incident, options=options_of(request))
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
    message = "" if QUEUED in request.POST else "Added."
    done = str(form.cleaned_data.get("after") or "")
    at = entry_at(row)
    return answer(request, incident, panel, message=message, done=done, at=at)


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
