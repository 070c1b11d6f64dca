"""Two published versions of a report, side by side, for everybody who may read it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from incidents.documents.as_json import UnreadableError, from_json
from incidents.documents.diff import changes as differences
from incidents.documents.settled import settled
from incidents.models import Publication
from incidents.search import keyset
from incidents.views.gates import MemberRequest, readable_report
from incidents.views.history import by_part


@require_safe
def changes(request: MemberRequest, number: int) -> HttpResponse:
    newest = readable_report(request, number)
    new = chosen(request, newest, "to", newest.number)
    old = chosen(request, newest, "from", max(new.number - 1, 1))
    context = {"newest": newest, "old": old, "new": new}
    try:
        before, after = (settled(from_json(row.document)) for row in (old, new))
    except UnreadableError as error:
        return render(request, "reports/changes.html", {**context, "why": error})
    parts = list(by_part(differences(before, after)))
    return render(request, "reports/changes.html", {**context, "parts": parts})


def chosen(
    request: MemberRequest, newest: Publication, name: str, otherwise: int
) -> Publication:
    text = request.GET.get(name, "")
    wanted = keyset.row_number(text) if text else otherwise
    versions = Publication.objects.filter(incident=newest.incident_id)
    return get_object_or_404(versions.defer("html", "card"), number=wanted)
