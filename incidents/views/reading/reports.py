"""The report, its versions, the printed page. Served from what was frozen."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.documents.formats.as_json import from_json
from incidents.documents.kinds import ActionState
from incidents.models import Publication
from incidents.permissions import may_review, may_write
from incidents.search.across.similar import similar_to_report
from incidents.search.reports.live import Promise, promises
from incidents.views.gates import MemberRequest, readable_report
from incidents.views.htmx import is_htmx
from incidents.views.reading.unchanged import etag_of, page_or_304
from incidents.workflow.reviewing.publish import drawn_report, report_html


@require_safe
def show(request: MemberRequest, number: int) -> HttpResponse:
    return answer(request, readable_report(request, number))


@require_safe
def version(request: MemberRequest, number: int, version: int) -> HttpResponse:
    return answer(request, readable_report(request, number, version))


@require_safe
def printed(request: MemberRequest, number: int) -> HttpResponse:
    return answer(request, readable_report(request, number), "reports/print.html")


def answer(
    request: MemberRequest,
    publication: Publication,
    template: str = "reports/report.html",
) -> HttpResponse:
    """The page, or that the browser has it already. Asked after the permission."""
    today = timezone.localdate(timezone=request.user.tzinfo)
    return page_or_304(
        request,
        etag_of(request, publication, today),
        lambda: render(request, template, context_of(request, publication)),
    )


def context_of(request: MemberRequest, publication: Publication) -> dict[str, object]:
    newest = publication.is_newest
    shown = promises(publication)
    zone = zone_of(request, publication)
    return {
        "publication": publication,
        "card": publication.card,
        "body": in_zone(publication, zone),
        "zone": zone,
        "zones": zones(request, publication),
        "may_edit": may_write(request.user),
        "may_tick": newest and may_write(request.user),
        "may_feature": newest and may_review(request.user),
        "is_newest": newest,
        "has_pdf": find_spec("weasyprint") is not None,
        "ticked": request.GET.get("ticked", ""),
        **progress(request, shown),
    }


def progress(request: MemberRequest, shown: Sequence[Promise]) -> dict[str, object]:
    states = [step.item.state for step in shown if step.item]
    promised = len(states) - states.count(ActionState.DECLINED)
    done = states.count(ActionState.DONE)
    return {
        "steps": shown,
        # As the listing counts them: what was declined is promised no more.
        "how_far": f"{done} of {promised}" if promised else "",
        "today": timezone.localdate(timezone=request.user.tzinfo),
        # An item is ticked on a day of today's, not of the incident's clocks.
        "tick_zone": request.user.zone,
    }


def own_zone(publication: Publication) -> str:
    """The zone whose clocks the frozen page shows."""
    zone: str = publication.card.get("zone") or publication.incident.zone
    return zone


def zones(request: MemberRequest, publication: Publication) -> list[tuple[str, str]]:
    """The clocks that can be chosen, each with its word in the address."""
    known = {own_zone(publication): ""}
    known.setdefault("UTC", "UTC")
    known.setdefault(request.user.zone, "mine")
    return list(known.items())


def zone_of(request: MemberRequest, publication: Publication) -> str:
    words = {word: zone for zone, word in zones(request, publication)}
    own = own_zone(publication)
    return words.get(request.GET.get("zone", ""), own)


def in_zone(publication: Publication, zone: str) -> str:
    """The frozen page; for other clocks the frozen document is drawn anew."""
    if zone == own_zone(publication):
        return publication.html
    return report_html(
        drawn_report(replace(from_json(publication.document), zone=zone))
    )


@require_safe
def similar(request: MemberRequest, number: int) -> HttpResponse:
    """Reports of the same kind of thing; a part of the report where scripts run."""
    publication = readable_report(request, number)
    found = similar_to_report(number, request.user)
    context = {"publication": publication, "found": found}
    if is_htmx(request):
        return render(request, "reports/similar.html", context)
    return render(request, "reports/similar_page.html", context)
