"""What happens around every request: its id, its log line, its browser policy."""

import logging
import re
import uuid
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from postmortems import logs

Answer = Callable[[HttpRequest], HttpResponse]

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
logger = logging.getLogger("postmortems.request")


def request_log(get_response: Answer) -> Answer:
    """One log line for a request, and one id on it, on its lines and its answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        token = logs.request_id.set(asked_or_new_id(request))
        try:
            response = get_response(request)
            response["X-Request-ID"] = logs.request_id.get()
            write_line(request, response, milliseconds=(perf_counter() - started) * 1e3)
        finally:
            logs.request_id.reset(token)
        return response

    return answer


def asked_or_new_id(request: HttpRequest) -> str:
    """The id a proxy has given, if it can be printed in a log without harm."""
    asked = request.headers.get("X-Request-ID", "")
    return asked if REQUEST_ID.fullmatch(asked) else uuid.uuid4().hex


def write_line(
    request: HttpRequest, response: HttpResponse, *, milliseconds: float
) -> None:
    """The path without its query: a query can hold what was searched for."""
    fields = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round(milliseconds, 1),
        "user_id": user_id(request),
    }
    message = "{method} {path} {status} {ms} ms".format(**fields)
    logger.info("%s", message, extra={"fields": fields})


def user_id(request: HttpRequest) -> int | None:
    """The user's id if the view read the session; else None, without reading it."""
    session = getattr(request, "session", None)
    if session is None or not session.accessed:
        return None
    # A session keeps it as text.
    known: str | None = session.get(SESSION_KEY)
    return int(known) if known else None


def browser_policy(get_response: Answer) -> Answer:
    """Tells the browser to run and load nothing that is not ours, and whose it is."""
    content = "; ".join(f"{k} {v}" for k, v in settings.CONTENT_SECURITY_POLICY.items())
    permissions = ", ".join(f"{k}={v}" for k, v in settings.PERMISSIONS_POLICY.items())

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", content)
        response.setdefault("Permissions-Policy", permissions)
        # What a page shows is somebody's own: no cache on the way keeps it.
        response.setdefault("Cache-Control", "private")
        return response

    return answer


def explain_form_addresses(get_response: Answer) -> Answer:
    """Says what an address is for that only takes forms, where somebody opens it.

    A form that was refused is shown at such an address, and people open again what
    stands in their address bar.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return answer


class OwnNotFoundPage:
    """In development too, what is not there gets the site's own 404 page.

    Django's debug page would explain the URL patterns to somebody who mistyped, with
    styles that our policy refuses.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404 and is_debug_page(request):
            return page_not_found(request, Http404())
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if settings.DEBUG and isinstance(exception, Http404):
            return page_not_found(request, exception)
        return None


def is_debug_page(request: HttpRequest) -> bool:
    """Whether no address matched, so that no view of ours can have answered."""
    return request.resolver_match is None
