"""Tick, take up, decline and reopen an action item."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents.documents.kinds import ActionState
from incidents.forms.action import DeclineForm
from incidents.views.editor.answers import answer, refuse, show_errors
from incidents.views.gates import MemberRequest, editable_incident
from incidents.workflow.actions.state import set_state
from incidents.workflow.refusals import RefusedError


@require_POST
def set_action_state(
    request: MemberRequest, number: int, panel: str, key: UUID
) -> HttpResponse:
    incident = editable_incident(request, number)
    get_object_or_404(incident.actions, key=key)
    to = request.POST.get("to", "")
    if panel != "actions" or to not in set(ActionState):
        raise Http404("There is no such state.")
    reason = ""
    if to == ActionState.DECLINED:
        form = DeclineForm(data=request.POST, part=f"decline-{key}")
        if not form.is_valid():
            return show_errors(request, incident, panel, form)
        reason = form.cleaned_data["declined_because"]
    try:
        saved = set_state(
            incident,
            key,
            ActionState(to),
            reason=reason,
            by=request.user,
            now=timezone.now(),
        )
    except (RefusedError, ValidationError) as refusal:
        return refuse(request, incident, panel, refusal)
    message = f"{saved.row.get_state_display()}."
    return answer(request, incident, panel, message=message, done=f"decline-{key}")
