"""Fetch or refuse: what is not yours to see is not there (404)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from incidents.models import Incident, User
from incidents.permissions import may_edit, may_write


class MemberRequest(HttpRequest):
    """A request of somebody who has signed in, as the login default guarantees."""

    user: User


def visible_incident(request: MemberRequest, number: int) -> Incident:
    return get_object_or_404(
        Incident.objects.visible_to(request.user).select_related("severity", "owner"),
        pk=number,
    )


def editable_incident(request: MemberRequest, number: int) -> Incident:
    """An incident this person may change; 403 where they may only see it."""
    incident = visible_incident(request, number)
    if not may_edit(request.user, incident):
        raise PermissionDenied(
            "You can read this postmortem, but not change it. Ask an admin for the "
            "author role."
        )
    return incident


def require_writer(request: MemberRequest) -> User:
    if not may_write(request.user):
        raise PermissionDenied("Only authors can do this. Ask an admin for the role.")
    return request.user
