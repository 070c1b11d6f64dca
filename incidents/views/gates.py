"""Fetch or refuse: what is not yours to see is not there (404)."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.views.decorators.http import require_http_methods

from incidents.database.prepared import Prepared
from incidents.models import Incident, Publication, State, User, lookup
from incidents.permissions import may_review, may_write
from incidents.search.reports.live import with_live

# A page with a form that is sent to the page's own address.
form_page = require_http_methods(["GET", "HEAD", "POST"])


class MemberRequest(HttpRequest):
    """A request of somebody who has logged in, as the login default guarantees."""

    user: User


def visible_incident(request: MemberRequest, number: int) -> Incident:
    incident = lookup.find_visible(number, request.user)
    if incident is None:
        raise Http404(f"There is no PM-{number}.")
    return incident


def editable_incident(request: MemberRequest, number: int) -> Incident:
    """An incident this person may change; 403 where they may only see it."""
    incident = visible_incident(request, number)
    if incident.state == State.WITHDRAWN and may_write(request.user):
        raise PermissionDenied(
            "This report is withdrawn, and nobody writes in it meanwhile. A reviewer "
            "can restore it on its review page."
        )
    if not may_write(request.user):
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
    asked = {"number": number, "reader": request.user.pk}
    if version is not None:
        asked["version"] = version
    found = VERSIONS.rows((request.user.rights, version is not None), **asked)
    if not found:
        raise Http404(f"There is no such report as PM-{number}.")
    return found[0]


def versions(
    shape: tuple[frozenset[str], bool], *, number: int, reader: int, version: int = 0
) -> QuerySet[Publication]:
    rights, is_named = shape
    user = User.placeholder(reader, rights)
    found = (
        with_live(Publication.objects.readable_by(user), user)
        .with_newest()
        .filter(incident=number)
        .select_related("incident")
        .defer("document")
    )
    return (found.filter(number=version) if is_named else found)[:1]


VERSIONS = Prepared(Publication, versions)
