"""A postmortem to take away: Markdown, JSON, CSV."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from incidents.documents.document import Document
from incidents.documents.formats.as_json import from_json
from incidents.permissions import may_write
from incidents.views.files import CSV, attachment
from incidents.views.gates import MemberRequest, readable_report, visible_incident
from incidents.workflow.whole.exporting import FORMATS, file_name
from incidents.workflow.whole.to_document import to_document

TYPES = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "csv": CSV,
}
FORMAT_OF = {"md": "markdown", "json": "json"}
ROWS = ("timeline", "actions")


@require_safe
def export(request: MemberRequest, number: int, ending: str) -> HttpResponse:
    rows = request.GET.get("rows", "timeline")
    if ending == "csv" and rows not in ROWS:
        raise Http404("There are the rows of the timeline, and the actions.")
    document = exportable(request, number)
    text = FORMATS[FORMAT_OF.get(ending, rows)](document)
    part = f"-{rows}" if ending == "csv" else ""
    name = file_name(number, f"{document.title[:50]}{part}", ending)
    return attachment(text, name, TYPES[ending])


def exportable(request: MemberRequest, number: int) -> Document:
    """The record as it is now for its writers; for readers what was published."""
    if may_write(request.user):
        return to_document(visible_incident(request, number))
    return from_json(readable_report(request, number).document)
