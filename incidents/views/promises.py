"""Tick an action item on the published report, and say what shows that it is done."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, Publication, State, User
from incidents.models.incident import seen_by
from incidents.models.prepared import Prepared
from incidents.permissions import may_write
from incidents.search.live import promises
from incidents.views.actions.deeds import Hand, closed_already
from incidents.views.gates import MemberRequest, readable_report
from incidents.views.htmx import is_htmx
from incidents.views.reports import progress
from incidents.workflow import actions as verb
from incidents.workflow.refusals import RefusedError, words_of


@require_POST
def tick(request: MemberRequest, number: int, key: UUID) -> HttpResponse:
    """A ticked box means done; one unticked opens what was done again."""
    row = tickable(request, number, key)
    if "done" in request.POST:
        return close(request, number, row)
    if row.state == ActionState.DONE:
        to, now = ActionState.OPEN, timezone.now()
        row = verb.set_state(row.incident, key, to, by=request.user, now=now)
    return told(request, number, row, "Open again.")


def close(
    request: MemberRequest, number: int, row: ActionItem, evidence: str = ""
) -> HttpResponse:
    """Where evidence is asked for and missing, the row offers a place for it."""
    if row.is_closed and row.done_by_id != request.user.pk:
        faster = closed_already(row, request.user)
        return told(request, number, row, faster, refused=True)
    key = row.key
    hand: Hand = {"by": request.user, "now": timezone.now()}
    try:
        if evidence:
            verb.give_evidence(row.incident, key, evidence, **hand)
        row = verb.set_state(row.incident, key, ActionState.DONE, **hand)
    except (RefusedError, ValidationError) as refusal:
        return told(request, number, row, words_of(refusal), ticked=key, refused=True)
    return told(request, number, row, "Ticked as done.", ticked=key)


@require_POST
def give_evidence(request: MemberRequest, number: int, key: UUID) -> HttpResponse:
    """What shows that an item was done, for one that is, or to close it with."""
    row = tickable(request, number, key)
    evidence = request.POST.get("evidence", "").replace("\0", "").strip()
    if "done" in request.POST:
        return close(request, number, row, evidence)
    hand: Hand = {"by": request.user, "now": timezone.now()}
    try:
        verb.give_evidence(row.incident, key, evidence, **hand)
    except (RefusedError, ValidationError) as refusal:
        return told(request, number, row, words_of(refusal), ticked=key, refused=True)
    return told(request, number, row, "The evidence is kept.")


def tickable(request: MemberRequest, number: int, key: UUID) -> ActionItem:
    """An item of a report that stands published, for those who may change it."""
    asked = {"number": number, **request.user.asked_as}
    row = TICKABLE.first(request.user.rights, key=key, **asked)
    if row is None:
        raise Http404(f"There is no such action item in PM-{number}.")
    if not may_write(request.user):
        raise PermissionDenied(
            "You can read this report, but not tick its action items. Ask an author, "
            "or an admin for the author role."
        )
    return row


def items_of_report(
    rights: frozenset[str], *, number: int, key: UUID, reader: int = 0
) -> QuerySet[ActionItem]:
    """Of a report that stands published and that this person may see."""
    seen = seen_by(User.standing_in(reader, rights), "incident__")
    rows = ActionItem.objects.filter(seen, incident=number, key=key)
    return rows.filter(incident__state=State.PUBLISHED).select_related("incident")


TICKABLE: Final = Prepared(ActionItem, items_of_report)


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
    if is_htmx(request):
        return fragment(request, publication, said, ticked, refused=refused)
    (messages.error if refused else messages.success)(request, said)
    steps = publication.card["steps"]
    anchor = next((s["anchor"] for s in steps if s["key"] == str(row.key)), "")
    asked = f"?ticked={ticked}" if ticked else ""
    return redirect(f"{reverse('incidents:report', args=[number])}{asked}#{anchor}")


def fragment(
    request: MemberRequest,
    publication: Publication,
    said: str,
    ticked: UUID | None,
    *,
    refused: bool,
) -> HttpResponse:
    context = {
        "publication": publication,
        "may_tick": True,
        "said": said,
        "refused": refused,
        "ticked": str(ticked or ""),
        **progress(request, promises(publication)),
    }
    return render(request, "reports/ticked.html", context)
