"""The database is away, full or read-only: say so, and give back what was written."""

import logging
import sys
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error

from incidents.database.outage import Outage, let_go, outage_of
from incidents.views.unsaved import carry
from incidents.views.unsaved.signed_out import is_script

SAID: Final = {
    Outage.FULL: "The disk of this site is full. Nothing can be saved until whoever "
    "runs the site has made room; tell them.",
    Outage.READ_ONLY: "This site can only be read at the moment. Nothing can be saved "
    "until whoever runs it allows it again; tell them.",
    Outage.BUSY: "Too much is being saved just now. Try again in a moment.",
    Outage.AWAY: "The database of this site does not answer at the moment. Try again "
    "in a minute.",
    Outage.NO_STORE: "The store of pictures does not answer at the moment. Everything "
    "else works; try again in a minute.",
}
UNAVAILABLE: Final = 503
FULL: Final = 507
SECONDS_TO_RETRY: Final = 10
logger = logging.getLogger("incidents.outage")


class Outages:
    """Answers for a view that an outage has stopped, in development too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        outage = outage_of(exception)
        return None if outage is None else outage_page(request, outage, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for an error that no view could catch, such as one of its session."""
    error = sys.exc_info()[1]
    outage = outage_of(error)
    if outage is None:
        return server_error(request)
    return outage_page(request, outage, error)


def outage_page(
    request: HttpRequest, outage: Outage, error: BaseException | None
) -> HttpResponse:
    """The page of an outage, with the words that were sent; without the database."""
    logger.error("A page could not be made: %s.", outage.value, exc_info=error)
    let_go()
    writing = carry.is_writing(request)
    context = {
        "reason": SAID[outage],
        "carried": carry.form_posted(request) if writing else None,
        # Only what has passed the check against forged posts may be sent again.
        "again": getattr(request, "csrf_processing_done", False),
    }
    name = "outage/sentence.html" if is_script(request) else "outage/page.html"
    status = FULL if outage is Outage.FULL else UNAVAILABLE
    response = render(request, name, context, status=status)
    response["Retry-After"] = str(SECONDS_TO_RETRY)
    add_never_cache_headers(response)
    return response
