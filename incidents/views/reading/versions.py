"""The versions of a report: two side by side, and none where it is withdrawn."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from incidents.documents.comparing import changes as differences
from incidents.documents.comparing.settled import settled
from incidents.documents.formats.as_json import UnreadableError, from_json
from incidents.models import Incident, Publication, State
from incidents.permissions import may_write
from incidents.views.gates import MemberRequest, readable_report
from incidents.views.history import by_part, chosen_pair

ReportView = Callable[..., HttpResponse]


def or_withdrawn(view: ReportView) -> ReportView:
    """Writers who look for a withdrawn report are led to where it says why.

    For readers it is not there. A report that is there costs no further question.
    """

    @wraps(view)
    def led(request: MemberRequest, number: int, **more: int) -> HttpResponse:
        try:
            return view(request, number, **more)
        except Http404:
            if is_withdrawn_for(request, number):
                return redirect("incidents:review", number)
            raise

    return led


def is_withdrawn_for(request: MemberRequest, number: int) -> bool:
    seen = Incident.objects.visible_to(request.user)
    withdrawn = seen.filter(pk=number, state=State.WITHDRAWN)
    return may_write(request.user) and withdrawn.exists()


@require_safe
def changes(request: MemberRequest, number: int) -> HttpResponse:
    newest = readable_report(request, number)
    rows = Publication.objects.filter(incident=newest.incident_id)
    old, new = chosen_pair(request, rows.defer("html", "card"), newest.number)
    context = {"newest": newest, "old": old, "new": new}
    try:
        before, after = (settled(from_json(row.document)) for row in (old, new))
    except UnreadableError as error:
        return render(request, "reports/changes.html", {**context, "why": error})
    parts = list(by_part(differences(before, after)))
    return render(request, "reports/changes.html", {**context, "parts": parts})
