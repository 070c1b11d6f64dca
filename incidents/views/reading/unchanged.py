"""Conditional GET: a browser that has the page already is not sent it again.

Asked only after the permission was. A tag holds everything that the page depends on,
so that whatever changes for this reader changes the tag.
"""

import datetime as dt
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from incidents import __version__
from incidents.models import Publication
from incidents.views.gates import MemberRequest

LIVING = ("newest", "live", "read_at", "is_asked", "is_watched", "featured_at")


def templates_changed_at() -> float:
    """When the templates were changed last: a page from before is not the same."""
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    files = [file for folder in folders for file in Path(folder).rglob("*.html")]
    return max((file.stat().st_mtime for file in files), default=0.0)


TEMPLATES_CHANGED_AT = templates_changed_at()


def etag_of(request: MemberRequest, publication: Publication, today: dt.date) -> str:
    """The tag of a report as this reader gets it today at this address."""
    user = request.user
    reader = [user.pk, user.name, user.username, user.zone, sorted(user.rights)]
    parts = [
        [__version__, TEMPLATES_CHANGED_AT, request.get_full_path(), today],
        [*reader, user.is_staff, user.unread, request.META.get("CSRF_COOKIE")],
        [publication.pk, *(vars(publication).get(name) for name in LIVING)],
    ]
    text = json.dumps(parts, default=str, sort_keys=True)
    return hashed_etag(text)


def hashed_etag(text: str) -> str:
    return quote_etag(sha256(text.encode()).hexdigest()[:32])


def page_or_304(
    request: MemberRequest, etag: str, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """As `answer_or_304`. A page with a message on it is shown once, and never kept."""
    if len(get_messages(request)):
        return make()
    return answer_or_304(request, etag, make)


def answer_or_304(
    request: HttpRequest, etag: str, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """304 where the browser names this tag, else the answer with it."""
    response = get_conditional_response(request, etag=etag) or make()
    assert isinstance(response, HttpResponse)
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response
