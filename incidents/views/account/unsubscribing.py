"""The links in mails that stop reminders and digests, without a login."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from incidents.models import User
from incidents.views.gates import form_page
from incidents.workflow.outgoing import unsubscribing


@csrf_exempt
@login_not_required
@form_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Public, because the link in the mail says whose it is, and can do only this.

    Only a post stops anything: those who guard mailboxes open every link. Mail
    programs post by themselves when their own button is used (RFC 8058), so the
    token stands in for the check against forged posts.
    """
    person = unsubscribing.person_of(token)
    return unsubscribe(
        request, person, unsubscribing.stop, "account/stop_reminders.html"
    )


@csrf_exempt
@login_not_required
@form_page
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """As `stop`, for the monthly digest."""
    person = unsubscribing.person_of(token, unsubscribing.DIGEST)
    return unsubscribe(
        request, person, unsubscribing.stop_digest, "account/stop_digest.html"
    )


def unsubscribe(
    request: HttpRequest,
    person: User | None,
    stop_it: Callable[[User], None],
    template: str,
) -> HttpResponse:
    stopped = person is not None and request.method == "POST"
    if person and stopped:
        stop_it(person)
    context = {"person": person, "stopped": stopped}
    status = 200 if person else 404
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
