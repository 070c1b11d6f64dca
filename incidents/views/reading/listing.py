"""The listing of published reports, and a member's own ways to look at it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from incidents.forms.reports import ReportFilter, SavedViewForm
from incidents.models import SavedView, User
from incidents.search.reports.choices import Offer, offer
from incidents.search.reports.filtering import WantedReports, listed
from incidents.views.gates import MemberRequest
from incidents.views.reading.searching import search_context, with_typed_filters
from incidents.views.renamed import with_current_names

PAGE_SIZE = 20
MOST_VIEWS = 50
USUAL = ("sort", "newest")


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    """Four queries with session and account: the rows, and all that stands above.

    A search asks a few more, as many for a thousand hits as for one.
    """
    if typed := with_typed_filters(request.GET, request.user):
        return redirect(f"{request.path}?{typed.urlencode()}")
    now = timezone.localtime(timezone=request.user.tzinfo)
    form = ReportFilter(request.GET)
    offered = form.offered = offer(form.wanted, user=request.user, now=now)
    if renamed := query_with_current_names(request.GET, form.wanted, offered):
        return redirect(f"{request.path}?{renamed.urlencode()}")
    here = query_of_view(request.GET)
    context = {
        "form": form,
        **rows_context(form, offered, request.user, now),
        "offered": offered,
        "here": here,
        "beside": query_of_view(request.GET, but="q"),
        "saved": next((view for view in offered.views if view.value == here), None),
        "watchable": watchable(form.wanted, offered),
        "on_top": [] if form.narrows or form.after else offered.featured,
    }
    return render(request, "listing/list.html", context)


def query_with_current_names(
    query: QueryDict, wanted: WantedReports, offered: Offer
) -> QueryDict | None:
    asked = {"service": wanted.service, "tag": wanted.tag}
    known = {kind: (one.value for one in offered.choices[kind]) for kind in asked}
    return with_current_names(query, asked, known)


def rows_context(
    form: ReportFilter, offered: Offer, user: User, now: dt.datetime
) -> dict[str, Any]:
    """The rows of the page: hits where words are looked for, else reports."""
    if form.searches:
        return search_context(form, offered, user, now, PAGE_SIZE)
    page = listed(
        user,
        form.wanted,
        form.order,
        after=form.after,
        size=PAGE_SIZE,
        today=now.date(),
        matching=offered.count,
    )
    return {"page": page}


def watchable(wanted: WantedReports, offered: Offer) -> list[tuple[str, str, bool]]:
    """The service and the severity that the list is narrowed to, if there are any."""
    asked = (("service", wanted.service), ("severity", wanted.severity))
    known = {
        (kind, choice.value.lower()): choice.value
        for kind, _ in asked
        for choice in offered.choices[kind]
    }
    named = ((kind, known.get((kind, name.lower()))) for kind, name in asked)
    return [
        (kind, name, (kind, name) in offered.watched) for kind, name in named if name
    ]


def query_of_view(query: QueryDict, but: str = "") -> str:
    """The query of this view: what says nothing, and the page, do not belong to it."""
    kept = QueryDict(mutable=True)
    usual = () if query.get("q") else USUAL
    for name, value in query.items():
        if value and name not in ("after", but) and (name, value) != usual:
            kept[name] = str(value)
    return kept.urlencode()


@require_POST
def save_view(request: MemberRequest) -> HttpResponse:
    form = SavedViewForm(request.POST, instance=SavedView(user=request.user))
    if request.user.saved_views.count() >= MOST_VIEWS:
        messages.error(request, "You have many views. Remove one before you add one.")
    elif form.is_valid():
        form.instance.query = query_of_view(QueryDict(form.cleaned_data["query"]))
        form.save()
        messages.success(request, f"Saved as “{form.instance.name}”.")
    else:
        messages.error(request, "Give it a name of up to 60 letters that no other has.")
    return back_to_list(request)


def back_to_list(request: MemberRequest) -> HttpResponse:
    """To the view that a form was sent from."""
    query = QueryDict(request.POST.get("query", ""))
    return redirect(f"{reverse('incidents:reports')}?{query_of_view(query)}")


@require_POST
def remove_view(request: MemberRequest, view: int) -> HttpResponse:
    get_object_or_404(request.user.saved_views, pk=view).delete()
    messages.success(request, "The view is removed.")
    return redirect("incidents:reports")
