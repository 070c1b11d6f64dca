"""A save without a login, or with a form that has grown old, loses no words."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views.csrf import csrf_failure

from incidents.views.unsaved import carry

UNAUTHENTICATED = 401
TOO_LONG = (
    "You were logged out, and this is too long to carry on through the login page. "
    "Log in in another tab, come back to this one, and send it again."
)
AGED = (
    "This form was made before you logged in, so nothing was saved yet. Have a look "
    "and save it."
)
UNSURE = (
    "We could not be sure that this form was yours, so nothing was saved. Copy what "
    "you wrote, load the page anew, and send it once more."
)


class LoginOrCarry(LoginRequiredMiddleware):
    """Asks for a login; what was posted is carried on and saved after it."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[Any, Any],
    ) -> HttpResponseBase | None:
        elsewhere = super().process_view(request, view_func, view_args, view_kwargs)
        if elsewhere is None:
            return None
        if is_script(request):
            return tell_script(request, UNAUTHENTICATED)
        # Set by the check against forged posts, once a post has passed it.
        checked = getattr(request, "csrf_processing_done", False)
        if carry.is_writing(request) and checked:
            return ask_to_log_in(request)
        return elsewhere


def is_script(request: HttpRequest) -> bool:
    """Whether a page's script asks, which could do nothing with a login page."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return "HX-Request" in request.headers or mode != "navigate"


def tell_script(request: HttpRequest, status: int) -> HttpResponse:
    """One sentence for the page to show beside the text that it keeps."""
    address = editor_of(request)
    context = {"address": f"{login_page()}?{urlencode({'next': address})}"}
    response = render(request, "carry/sentence.html", context, status=status)
    response["X-Signed-Out"] = "1"
    return response


def login_page() -> str:
    return resolve_url(settings.LOGIN_URL)


def editor_of(request: HttpRequest) -> str:
    """The page that a posted form stands on: what comes up to the number."""
    start, slash, rest = request.path.partition("/incidents/")
    number, _, _ = rest.partition("/")
    return f"{start}{slash}{number}/" if number else request.path


def ask_to_log_in(request: HttpRequest) -> HttpResponse:
    carried = carry.form_posted(request)
    try:
        signed = carry.pack(carried)
    except carry.TooLongError:
        response = carry.show_words(request, carried, TOO_LONG, status=413, again=True)
    else:
        context = {
            "form": AuthenticationForm(request),
            "carried": signed,
            "next": editor_of(request),
        }
        response = render(
            request, "registration/login.html", context, status=UNAUTHENTICATED
        )
    response["X-Signed-Out"] = "1"
    add_never_cache_headers(response)
    return response


def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a post that did not pass the check against forged ones.

    Mostly it is no forgery: somebody logged in anew in another tab. The words are
    shown; and where the browser itself says that our own page sent them, a button
    sends them again. Nothing is saved without that click.
    """
    carried = posted_words(request)
    if carried is None:
        return csrf_failure(request, reason=reason)
    if is_script(request):
        # Without any cookies the check fails before anybody asks for a login.
        here = request.user.is_authenticated
        return tell_script(request, 403 if here else UNAUTHENTICATED)
    ours = is_from_here(request)
    sentence = AGED if ours else UNSURE
    return carry.show_words(request, carried, sentence, status=403, again=ours)


def posted_words(request: HttpRequest) -> carry.Carried | None:
    """What was posted to where people write, or through the login page to there."""
    if carry.is_writing(request):
        return carry.form_posted(request)
    if request.path != login_page():
        return None
    try:
        return carry.unpack(request.POST.get("carried", ""))
    except signing.BadSignature:
        return None


def is_from_here(request: HttpRequest) -> bool:
    here = f"{request.scheme}://{request.get_host()}"
    known: list[Any] = [here, *settings.CSRF_TRUSTED_ORIGINS]
    return request.headers.get("Origin") in known
