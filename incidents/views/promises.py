"""Tick an action item on the published report, and say what shows that it is done."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, Publication
from incidents.permissions import may_write
from incidents.search.live import promises
from incidents.views.actions.change import closed_already
from incidents.views.gates import MemberRequest, readable_report
from incidents.views.reports import own_zone, progress
from incidents.workflow import actions as verb
from incidents.workflow.refusals import RefusedError


@require_POST
def tick(request: MemberRequest, number: int, key: UUID) -> HttpResponse:
    """A ticked box means done; one unticked opens what was done again."""
    row = tickable(request, number, key)
    to = ActionState.DONE if "done" in request.POST else ActionState.OPEN
    if to == ActionState.DONE and row.is_closed and row.done_by_id != request.user.pk:
        faster = closed_already(row, request.user)
        return told(request, number, row, faster, refused=True)
    if to == ActionState.DONE or row.state == ActionState.DONE:
        now = timezone.now()
        try:
            row = verb.set_state(row.incident, key, to, by=request.user, now=now)
        except RefusedError as refusal:
            return told(request, number, row, str(refusal), refused=True)
    done = row.state == ActionState.DONE
    said = "Ticked as done." if done else "Open again."
    return told(request, number, row, said, ticked=key if done else None)


@require_POST
def give_evidence(request: MemberRequest, number: int, key: UUID) -> HttpResponse:
    row = tickable(request, number, key)
    words = request.POST.get("evidence", "").strip()
    try:
        verb.give_evidence(
            row.incident, key, words, by=request.user, now=timezone.now()
        )
    except (RefusedError, ValidationError) as refusal:
        return told(request, number, row, str(refusal), ticked=key, refused=True)
    return told(request, number, row, "The evidence is kept.")


def tickable(request: MemberRequest, number: int, key: UUID) -> ActionItem:
    """An item of a report that stands published, for those who may change it."""
    publication = readable_report(request, number)
    if not may_write(request.user):
        raise PermissionDenied(
            "You can read this report, but not tick its action items. Ask an author, "
            "or an admin for the author role."
        )
    return get_object_or_404(publication.incident.actions, key=key)


def told(
    request: MemberRequest,
    number: int,
    row: ActionItem,
    said: str,
    *,
    ticked: UUID | None = None,
    refused: bool = False,
) -> HttpResponse:
    """The list anew where scripts run, else the report at the item."""
    publication = readable_report(request, number)
    if "HX-Request" in request.headers:
        return fragment(request, publication, said, ticked)
    (messages.error if refused else messages.success)(request, said)
    steps = publication.card["steps"]
    anchor = next((s["anchor"] for s in steps if s["key"] == str(row.key)), "")
    asked = f"?ticked={ticked}" if ticked else ""
    return redirect(f"{reverse('incidents:report', args=[number])}{asked}#{anchor}")


def fragment(
    request: MemberRequest, publication: Publication, said: str, ticked: UUID | None
) -> HttpResponse:
    context = {
        "publication": publication,
        "may_tick": True,
        "said": said,
        "ticked": str(ticked or ""),
        "zone": own_zone(publication),
        **progress(request, promises(publication)),
    }
    return render(request, "reports/ticked.html", context)
