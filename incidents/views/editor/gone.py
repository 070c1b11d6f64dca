"""When somebody removed a row while another person was writing in it."""

from django.http import HttpResponse

from incidents.forms.part import PartForm
from incidents.models import Event, Incident
from incidents.views.editor.answers import show_instead
from incidents.views.gates import MemberRequest

BRING_BACK = "bring_back"


def show_gone(
    request: MemberRequest,
    incident: Incident,
    panel: str,
    removal: Event,
    form: PartForm,
) -> HttpResponse:
    """The words that were sent, with the choice to bring the row back with them."""
    context = {
        "incident": incident,
        "panel": panel,
        "removal": removal,
        "form": form,
        "action": request.path,
    }
    return show_instead(request, "gone", form, context)
