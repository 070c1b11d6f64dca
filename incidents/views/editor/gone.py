"""When somebody removed a row while another person was writing in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django_htmx.http import reselect, reswap, retarget

from incidents.forms.part import PartForm
from incidents.models import Event, Incident
from incidents.views.gates import MemberRequest
from incidents.views.htmx import UNSAVED, is_htmx

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
    if not is_htmx(request):
        return render(request, "editor/gone_page.html", context, status=UNSAVED)
    response = render(request, "editor/gone.html", context, status=UNSAVED)
    return retarget(
        reselect(reswap(response, "innerHTML"), ".conflict"), f"#{form.part}"
    )
