"""What a member is told of in the site, and what they watch."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from incidents.models import Listing, Notice, Service, Severity, User
from incidents.models.incident import seen_by
from incidents.search import keyset
from incidents.search.actions.board import ME, Numbers, WantedItems
from incidents.search.actions.board_numbers import counted
from incidents.views.gates import MemberRequest
from incidents.views.reading.listing import back_to_list
from incidents.workflow.reviewing import watching

PAGE_SIZE = 30
NEWEST = (keyset.Filled("id"),)
# What can be watched by name, and where a report holds it.
BY_NAME = {"service": (Service, "services"), "severity": (Severity, "severity")}


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    notices = Notice.objects.for_user(request.user).with_openable(request.user)
    rows = notices.select_related("event__incident__listing")
    after = request.GET.get("after", "")
    page = keyset.page(rows, NEWEST, after=after, size=PAGE_SIZE)
    visible = Q(incident__isnull=True) | seen_by(request.user, "incident__")
    watches = request.user.watches.filter(visible).select_related(
        "incident__listing", "service", "severity"
    )
    context = {"page": page, "watches": watches, "promised": own_numbers(request.user)}
    return render(request, "account/notices.html", context)


def own_numbers(user: User) -> Numbers:
    """What their board says of their own items, whether they get mail of it or not."""
    now = timezone.localtime(timezone=user.tzinfo)
    return counted(WantedItems(owner=ME), user=user, now=now).numbers


@require_POST
def open_notice(request: MemberRequest, notice: int) -> HttpResponse:
    """To the report or the review it tells of; the notice counts as read."""
    mine = Notice.objects.for_user(request.user).with_openable(request.user)
    found = get_object_or_404(mine.select_related("event__incident"), pk=notice)
    Notice.objects.filter(pk=found.pk).mark_read(timezone.now())
    if not vars(found)["can_be_opened"]:
        return redirect("incidents:notices")
    return redirect(found)


@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    Notice.objects.filter(to=request.user).mark_read(timezone.now())
    return redirect("incidents:notices")


@require_POST
def watch(request: MemberRequest) -> HttpResponse:
    """Watch a service or a severity that stands on a report one may see."""
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "")
    if kind not in BY_NAME:
        raise Http404("Services and severities can be watched by name.")
    model, path = BY_NAME[kind]
    known = Listing.objects.visible_to(request.user).filter(**{f"{path}__name": name})
    if not known.exists():
        raise Http404(f"No report has the {kind} “{name}”.")
    thing = get_object_or_404(model, name=name)
    assert isinstance(thing, Service | Severity)
    watching.watch(thing, by=request.user)
    messages.success(request, f"You will get a notice here when {name} is concerned.")
    return back_to_list(request)


@require_POST
def unwatch(request: MemberRequest, watch: int) -> HttpResponse:
    get_object_or_404(request.user.watches, pk=watch).delete()
    messages.success(request, "You do not watch it any more.")
    return redirect("incidents:notices")
