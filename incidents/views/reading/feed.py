"""The published reports as an Atom feed, opened by a secret of one person."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.views.decorators.http import require_POST, require_safe

from incidents.models import FeedKey, Listing, User
from incidents.models.personal import fingerprint
from incidents.views.gates import MemberRequest
from incidents.views.reading.unchanged import answer_or_304, hashed_etag

ENTRIES = 30
CLOSED = (
    "This link is not valid, or not any more. Log in and make a new one under “Your "
    "account”."
)


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Public, because a feed reader cannot log in: the key says whose it is.

    Two queries: whose key it is, and the reports that this person may see.
    """
    owner = owner_of(request.GET.get("key", ""))
    if owner is None:
        return HttpResponse(CLOSED, status=403, content_type="text/plain")
    rows = Listing.objects.visible_to(owner).select_related("publication")
    rows = rows.defer("publication__document", "publication__html", "publication__card")
    newest = list(rows.order_by("-published_at", "-pk")[:ENTRIES])
    known = [(row.pk, row.publication_id, row.title) for row in newest]
    etag = hashed_etag(repr([request.get_host(), known]))
    response = answer_or_304(request, etag, lambda: feed_response(request, newest))
    if newest:
        response["Last-Modified"] = http_date(newest[0].published_at.timestamp())
    return response


def owner_of(key: str) -> User | None:
    members = User.objects.with_rights().filter(is_active=True)
    return members.filter(feed_key__fingerprint=fingerprint(key)).first()


def feed_response(request: HttpRequest, rows: Sequence[Listing]) -> HttpResponse:
    site = request.build_absolute_uri(reverse("incidents:reports"))
    made = Atom1Feed(
        title="Postmortems",
        link=site,
        description="Published incident reports",
        feed_url=request.build_absolute_uri(reverse("incidents:feed")),
        language="en",
    )
    for row in rows:
        add_item(made, row, request.build_absolute_uri(row.address))
    response = HttpResponse(content_type=made.content_type)
    made.write(response, "utf-8")
    return response


def add_item(made: Atom1Feed, row: Listing, address: str) -> None:
    version: int = row.publication.number
    made.add_item(
        title=row.title if version == 1 else f"{row.title} (version {version})",
        link=address,
        unique_id=address,
        description=row.summary,
        pubdate=row.publication.published_at if version == 1 else None,
        updateddate=row.published_at.astimezone(dt.UTC),
        author_name=row.publication.published_by_name,
        categories=[c for c in (row.card["severity"], *row.card["services"]) if c],
    )


@require_POST
def set_key(request: MemberRequest) -> HttpResponse:
    """A new secret link, shown this once; or none any more."""
    link = ""
    if "revoke" in request.POST:
        FeedKey.objects.filter(user=request.user).delete()
    else:
        secret = FeedKey.objects.renew(request.user)
        link = request.build_absolute_uri(f"{reverse('incidents:feed')}?key={secret}")
    response = render(request, "account/feed.html", {"link": link})
    patch_cache_control(response, no_store=True)
    return response
