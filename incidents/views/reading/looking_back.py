"""What a month brought, and what happened in this week of earlier years."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.documents.calendar.months import Month
from incidents.models import Listing
from incidents.search.across.anniversaries import anniversaries
from incidents.search.across.digest import published_in, with_lessons
from incidents.views.gates import MemberRequest
from incidents.views.htmx import is_htmx


def this_month() -> Month:
    """The one that the site is in."""
    return Month.of(timezone.localdate())


@require_safe
def last_month(request: MemberRequest) -> HttpResponse:
    """The digest of the last month that is over."""
    return redirect("incidents:digest", this_month().before)


@require_safe
def digest(request: MemberRequest, month: Month) -> HttpResponse:
    now = this_month()
    if month > now:
        raise Http404("This month has not begun.")
    reports = published_in(month, Listing.objects.visible_to(request.user))
    found = with_lessons(reports)
    context = {
        "month": month,
        "found": found,
        "preventing": [report for report in found if report.preventing],
        "count": reports.count(),
        "next": month.next if month < now else None,
    }
    return render(request, "looking_back/digest.html", context)


@require_safe
def years_ago(request: MemberRequest) -> HttpResponse:
    """A line on the listing where scripts run, a page of its own where not."""
    today = timezone.localdate(timezone=request.user.tzinfo)
    context = {"found": anniversaries(request.user, today)}
    if is_htmx(request):
        return render(request, "looking_back/years_ago.html", context)
    return render(request, "looking_back/years_ago_page.html", context)
