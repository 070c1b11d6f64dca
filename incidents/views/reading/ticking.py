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

from incidents.database.prepared import Prepared
from incidents.documents.kinds import ActionState
from incidents.forms.fields import without_nulls
from incidents.models import ActionItem, Publication, State, User
from incidents.models.incident import seen_by
from incidents.permissions import may_write
from incidents.search.reports.live import promises
from incidents.views.gates import MemberRequest, readable_report
from incidents.views.htmx import is_htmx
from incidents.views.reading.reports import progress
from incidents.workflow.actions import state as verbs
from incidents.workflow.refusals import RefusedError, words_of


@require_POST
def tick(request: MemberRequest, number: int, key: UUID) -> HttpResponse:
    """A ticked box means done; one unticked opens what was done again."""
    item = tickable_item(request, number, key)
    if "done" in request.POST:
        return close(request, item)
    if item.state == ActionState.DONE:
        to, now = ActionState.OPEN, timezone.now()
        verbs.set_state(item.incident, key, to, by=request.user, now=now)
    return answer(request, item, "Open again.")


@require_POST
def give_evidence(request: MemberRequest, number: int, key: UUID) -> HttpResponse:
    """What shows that an item was done, for one that is, or to close it with."""
    item = tickable_item(request, number, key)
    evidence = without_nulls(request.POST.get("evidence", "")).strip()
    if "done" in request.POST:
        return close(request, item, evidence)
    try:
        save_evidence(request, item, evidence)
    except (RefusedError, ValidationError) as refusal:
        return refuse(request, item, refusal)
    return answer(request, item, "The evidence is kept.")


def close(request: MemberRequest, item: ActionItem, evidence: str = "") -> HttpResponse:
    """Where evidence is asked for and missing, the row offers a place for it."""
    if faster := verbs.closed_by_another(item, request.user):
        return answer(request, item, faster, refused=True)
    try:
        if evidence:
            save_evidence(request, item, evidence)
        now = timezone.now()
        verbs.set_state(
            item.incident, item.key, ActionState.DONE, by=request.user, now=now
        )
    except (RefusedError, ValidationError) as refusal:
        return refuse(request, item, refusal)
    return answer(request, item, "Ticked as done.", ticked=item.key)


def save_evidence(request: MemberRequest, item: ActionItem, words: str) -> None:
    verbs.give_evidence(
        item.incident, item.key, words, by=request.user, now=timezone.now()
    )


def tickable_item(request: MemberRequest, number: int, key: UUID) -> ActionItem:
    """An item of a report that stands published, for those who may change it."""
    asked = {"number": number, **request.user.reader_param}
    item = TICKABLE.first(request.user.rights, key=key, **asked)
    if item is None:
        raise Http404(f"There is no such action item in PM-{number}.")
    if not may_write(request.user):
        raise PermissionDenied(
            "You can read this report, but not tick its action items. Ask an author, "
            "or an admin for the author role."
        )
    return item


def items_of_report(
    rights: frozenset[str], *, number: int, key: UUID, reader: int = 0
) -> QuerySet[ActionItem]:
    """Of a report that stands published and that this person may see."""
    seen = seen_by(User.placeholder(reader, rights), "incident__")
    items = ActionItem.objects.filter(seen, incident=number, key=key)
    return items.filter(incident__state=State.PUBLISHED).select_related("incident")


TICKABLE: Final = Prepared(ActionItem, items_of_report)


def refuse(
    request: MemberRequest, item: ActionItem, refusal: RefusedError | ValidationError
) -> HttpResponse:
    """Why not, with the item's place for evidence open: that may be what lacks."""
    message = words_of(refusal)
    return answer(request, item, message, ticked=item.key, refused=True)


def answer(
    request: MemberRequest,
    item: ActionItem,
    message: str,
    *,
    ticked: UUID | None = None,
    refused: bool = False,
) -> HttpResponse:
    """The list anew where scripts run, else the report at the item."""
    publication = readable_report(request, item.incident_id)
    if is_htmx(request):
        context = {
            "publication": publication,
            "may_tick": True,
            "message": message,
            "refused": refused,
            "ticked": str(ticked or ""),
            **progress(request, promises(publication)),
        }
        return render(request, "reports/ticked.html", context)
    (messages.error if refused else messages.success)(request, message)
    return redirect(address_of(item, publication, ticked))


def address_of(item: ActionItem, publication: Publication, ticked: UUID | None) -> str:
    """The report at this item, as it was frozen there."""
    steps = publication.card["steps"]
    anchor = next((s["anchor"] for s in steps if s["key"] == str(item.key)), "")
    query = f"?ticked={ticked}" if ticked else ""
    page = reverse("incidents:report", args=[item.incident_id])
    return f"{page}{query}#{anchor}"
