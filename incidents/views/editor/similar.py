"""Reports of the same kind of thing, for who is writing about one more."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.search.across.similar import similar_to_draft
from incidents.views.gates import MemberRequest, incident_with_history
from incidents.views.htmx import is_htmx


@require_safe
def similar(request: MemberRequest, number: int) -> HttpResponse:
    """Those most like what is saved; beside the parts where scripts run.

    Also where nobody may write any more: an open editor still asks after a withdrawal.
    """
    incident = incident_with_history(request, number)
    context = {
        "incident": incident,
        "found": similar_to_draft(number, request.user),
    }
    if is_htmx(request):
        return render(request, "reports/similar.html", context)
    return render(request, "editor/similar_page.html", context)
