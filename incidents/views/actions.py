"""The board: what was promised after every incident, by when it is due."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.models import Incident
from incidents.search.board import board
from incidents.views.gates import MemberRequest


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    now = timezone.now().astimezone(ZoneInfo(request.user.zone))
    mine = request.GET.get("owner") == "me"
    shown = board(
        Incident.objects.visible_to(request.user),
        owner=request.user if mine else None,
        now=now,
    )
    return render(request, "actions/list.html", {"board": shown, "mine": mine})
