"""What is being written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from incidents.models import Incident
from incidents.search import keyset
from incidents.views.gates import MemberRequest

PAGE_SIZE = 30
LAST_SAVED = (keyset.Filled("saved_at"), keyset.Filled("number"))


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    drafts = Incident.objects.visible_to(request.user).unpublished()
    page = keyset.page(
        drafts.select_related("severity", "owner"),
        LAST_SAVED,
        after=request.GET.get("after", ""),
        size=PAGE_SIZE,
    )
    return render(request, "drafts/list.html", {"page": page})
