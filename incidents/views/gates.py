"""Fetch or refuse: what is not yours to see is not there (404)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from incidents.models import Incident, Publication, State, User
from incidents.permissions import may_edit, may_review, may_write
from incidents.search.live import with_live


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
    if incident.state == State.WITHDRAWN and may_write(request.user):
        raise PermissionDenied(
            "This report is withdrawn, and nobody writes in it meanwhile. A reviewer "
            "can restore it on its review page."
        )
    if not may_edit(request.user, incident):
        raise PermissionDenied(
            "You can read this postmortem, but not change it. Ask an admin for the "
            "author role."
        )
    return incident


def incident_with_history(request: MemberRequest, number: int) -> Incident:
    """An incident whose drafts this person may look back at: writers only.

    What was taken out of a text before it was published is not for its readers.
    """
    incident = visible_incident(request, number)
    if not may_write(request.user):
        raise PermissionDenied(
            "Only those who write postmortems see their drafts and changes. Ask an "
            "admin for the author role."
        )
    return incident


def incident_for_review(request: MemberRequest, number: int) -> Incident:
    """An incident that this person may approve, publish and withdraw; else 403."""
    incident = visible_incident(request, number)
    if not (may_review(request.user) and may_write(request.user)):
        raise PermissionDenied(
            "Only reviewers can do this. Ask a reviewer to look at this postmortem."
        )
    return incident


def require_writer(request: MemberRequest) -> User:
    if not may_write(request.user):
        raise PermissionDenied("Only authors can do this. Ask an admin for the role.")
    return request.user


def readable_report(
    request: MemberRequest, number: int, version: int | None = None
) -> Publication:
    """A version of a report, the newest if none is named."""
    versions = (
        with_live(Publication.objects.readable_by(request.user), request.user)
        .with_newest()
        # By the number itself: the relation would hand any integer to the database.
        .filter(incident__number=number)
        .select_related("incident")
        .defer("document")
    )
    if version is not None:
        return get_object_or_404(versions, number=version)
    newest = versions.first()
    if newest is None:
        raise Http404(f"There is no report PM-{number}.")
    return newest
