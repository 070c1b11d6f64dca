"""What somebody sent and could not be saved yet: carried on, signed; or shown again.

A form that arrives after its login has expired goes to the login page and back
in a hidden field. The signature says that we took it in ourselves, after it had
passed the check against forged posts; so it may be finished without another one.
"""

import datetime as dt
from copy import copy
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import get_script_prefix, resolve
from django.views.decorators.debug import sensitive_variables

SALT = "incidents.carry"
# Whoever comes back later is asked before anything is saved.
FRESH = dt.timedelta(hours=12)
# Signed, in characters: what comes back must fit into one request.
MOST = 4_000_000
# Where people write. Never the login, a password or the admin.
PLACES = ("/incidents/", "/actions/")
CHECK = "csrfmiddlewaretoken"
# Fields of a form that nobody typed.
BOOKKEEPING = ("version", "key", "after", "open", "to")


class TooLongError(ValueError):
    """More than a form can carry on."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A posted form: its address below the site's root, and its fields in order."""

    address: str
    fields: tuple[tuple[str, str], ...]

    @property
    def path(self) -> str:
        return get_script_prefix() + self.address.removeprefix("/")

    @property
    def words(self) -> list[tuple[str, str]]:
        """What a person wrote, each under a name that can be read."""
        return [
            (name.replace("_", " ").capitalize(), value)
            for name, value in self.fields
            if name not in BOOKKEEPING and value.strip()
        ]


def is_writing(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path_info.startswith(PLACES)


def form_posted(request: HttpRequest) -> Carried:
    """The form that was posted, without its files."""
    query = request.META.get("QUERY_STRING", "")
    address = f"{request.path_info}?{query}" if query else request.path_info
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != CHECK
        for value in values
    ]
    return Carried(address, tuple(fields))


def pack(carried: Carried) -> str:
    """The form, signed; anybody who holds it can read it, nobody can change it."""
    form = [carried.address, carried.fields]
    signed = signing.dumps(form, salt=SALT, compress=True)
    if len(signed) > MOST:
        raise TooLongError
    return signed


def unpack(signed: str, *, within: dt.timedelta | None = None) -> Carried:
    """The form again, or `signing.BadSignature`."""
    address, fields = signing.loads(signed, salt=SALT, max_age=within)
    return Carried(address, tuple((name, value) for name, value in fields))


@sensitive_variables()
def resubmit(request: HttpRequest, carried: Carried) -> HttpResponse:
    """Post the form to its own view, as whoever has logged in; the view's answer.

    Where the view refuses, the words are shown.
    """
    path, _, query = carried.address.partition("?")
    found = resolve(path)
    posted = copy(request)
    posted.method = "POST"
    posted.path_info = path
    posted.path = get_script_prefix() + path.removeprefix("/")
    posted.resolver_match = found
    posted.GET = QueryDict(query)
    posted.POST = QueryDict(urlencode(carried.fields))
    posted.META = {
        **request.META,
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
    }
    try:
        response: HttpResponse = found.func(posted, *found.args, **found.kwargs)
    except PermissionDenied as refused:
        reason = str(refused) or "You may not change this postmortem."
        return show_words(request, carried, reason, status=403)
    except Http404:
        reason = "What you wrote belongs to a page that is not there for you."
        return show_words(request, carried, reason, status=404)
    return response


def show_words(
    request: HttpRequest,
    carried: Carried,
    reason: str,
    *,
    status: int,
    again: bool = False,
) -> HttpResponse:
    """The words that could not be saved, to copy or, with `again`, to send again."""
    context = {"carried": carried, "reason": reason, "again": again}
    return render(request, "carry/words.html", context, status=status)
