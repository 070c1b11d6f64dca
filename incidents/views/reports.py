"""The published reports: the listing, the report, its versions, the printed page."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.forms.reports import ReportFilter
from incidents.models import ActionItem, Incident, Publication
from incidents.permissions import may_write
from incidents.search import keyset
from incidents.search.reports import as_cards, choices, find
from incidents.views.gates import MemberRequest, readable_report

PAGE_SIZE = 20


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    reports = Incident.objects.visible_to(request.user).published()
    form = ReportFilter(request.GET, offered=choices(reports))
    found = find(reports, form.wanted)
    page = keyset.page(as_cards(found), form.order, after=form.after, size=PAGE_SIZE)
    context = {"form": form, "page": page, "count": found.count()}
    return render(request, "reports/list.html", context)


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
    steps = promises(publication)
    context = {
        "publication": publication,
        "card": publication.card,
        "steps": steps,
        "done": sum(1 for _, item in steps if item and item.state == "done"),
        "today": timezone.now().astimezone(ZoneInfo(request.user.zone)).date(),
        "may_edit": may_write(request.user),
    }
    return render(request, template, context)


def promises(
    publication: Publication,
) -> list[tuple[dict[str, str], ActionItem | None]]:
    """Each action item as published, with its row as it is now, if still there."""
    rows = publication.incident.actions.select_related("owner", "done_by")
    now = {str(row.key): row for row in rows}
    return [(step, now.get(step["key"])) for step in publication.card["steps"]]
