"""What a postmortem was: its revisions, any two compared, any one restored."""

from collections.abc import Iterator
from itertools import groupby
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from incidents.charts.phases import strip
from incidents.documents.comparing import Change, DocumentPart, changes
from incidents.documents.document import Document
from incidents.documents.formats.as_json import UnreadableError, from_json
from incidents.models import Event, Incident, Publication, Revision, Severity
from incidents.permissions import may_edit
from incidents.search import keyset
from incidents.views.gates import (
    MemberRequest,
    editable_incident,
    incident_with_history,
)
from incidents.workflow.refusals import RefusedError, words_of
from incidents.workflow.reviewing.publish import drawn_report
from incidents.workflow.whole import restore as verb

Numbered = TypeVar("Numbered", Revision, Publication)

PAGE_SIZE = 20
# A sitting can hold thousands of changes; the comparison shows them all.
EVENTS_SHOWN = 30
NEWEST = (keyset.Filled("number"),)

TITLES = {
    DocumentPart.FACTS: "Facts",
    DocumentPart.SECTIONS: "Sections",
    DocumentPart.TIMELINE: "Timeline",
    DocumentPart.ACTIONS: "Action items",
    DocumentPart.FACTORS: "Contributing factors",
}


@require_safe
def listing(request: MemberRequest, number: int) -> HttpResponse:
    incident = incident_with_history(request, number)
    events = Event.objects.order_by("-pk")[:EVENTS_SHOWN]
    page = keyset.page(
        incident.revisions.defer("document")
        .annotate(event_count=Count("events"))
        .prefetch_related(Prefetch("events", events, to_attr="shown")),
        NEWEST,
        after=request.GET.get("after", ""),
        size=PAGE_SIZE,
    )
    several = len(page.rows) > 1
    context = {"incident": incident, "page": page, "several": several}
    return render(request, "history/list.html", context)


@require_safe
def show(request: MemberRequest, number: int, revision: int) -> HttpResponse:
    incident = incident_with_history(request, number)
    kept = get_object_or_404(incident.revisions, number=revision)
    newest = newest_of(incident)
    context = {
        "incident": incident,
        "revision": kept,
        "newest": newest,
        "may_restore": kept != newest and may_edit(request.user, incident),
    }
    try:
        document = document_of(kept)
        drawn = drawn_report(document)
    except RefusedError as refusal:
        return render(request, "history/revision.html", {**context, "why": refusal})
    context |= {
        "document": document,
        "severity": Severity.objects.filter(name=document.severity).first(),
        "report": drawn,
        "strip": strip(drawn.moments),
    }
    return render(request, "history/revision.html", context)


@require_safe
def compare(request: MemberRequest, number: int) -> HttpResponse:
    incident = incident_with_history(request, number)
    newest = newest_of(incident)
    old, new = chosen_pair(request, incident.revisions.all(), newest.number)
    context = {"incident": incident, "newest": newest, "old": old, "new": new}
    try:
        parts = list(by_part(changes(document_of(old), document_of(new))))
    except RefusedError as refusal:
        return render(request, "history/compare.html", {**context, "why": refusal})
    return render(request, "history/compare.html", {**context, "parts": parts})


@require_POST
def restore(request: MemberRequest, number: int, revision: int) -> HttpResponse:
    incident = editable_incident(request, number)
    kept = get_object_or_404(incident.revisions, number=revision)
    try:
        made = verb.restore(incident, kept, by=request.user, now=timezone.now())
    except (RefusedError, ValidationError) as refusal:
        messages.error(request, words_of(refusal))
    else:
        messages.success(
            request,
            f"Restored. The postmortem says again what revision {revision} says, as "
            f"revision {made.number}. What it said before is revision "
            f"{made.number - 1}.",
        )
    return redirect("incidents:history", number)


def newest_of(incident: Incident) -> Revision:
    newest = incident.revisions.defer("document").first()
    if newest is None:
        raise Http404("There is no history yet.")
    return newest


def chosen_pair(
    request: MemberRequest, rows: QuerySet[Numbered], newest: int
) -> tuple[Numbered, Numbered]:
    """The two to compare, as the address numbers them; else the last two."""

    def chosen(name: str, otherwise: int) -> Numbered:
        text = request.GET.get(name, "")
        wanted = keyset.row_number(text) if text else otherwise
        return get_object_or_404(rows, number=wanted)

    new = chosen("to", newest)
    return chosen("from", max(new.number - 1, 1)), new


def document_of(revision: Revision) -> Document:
    try:
        return from_json(revision.document)
    except UnreadableError as error:
        raise RefusedError(str(error)) from error


def by_part(found: tuple[Change, ...]) -> Iterator[tuple[str, list[Change]]]:
    for part, changed in groupby(found, key=lambda change: change.part):
        yield TITLES[part], list(changed)
