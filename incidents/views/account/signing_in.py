"""Signing in and out, and what was written before it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from incidents.views.unsaved import carry

LOST = (
    "What you wrote before could not be read again, so it was not saved. Your "
    "browser may still have it: go back a few pages."
)
WAITED = "This waited for a long time, so nothing was saved yet. Look at it first."


class LogIn(LoginView):
    """The login page. A form that it carries is saved once somebody has logged in."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # Who is logged in already is led on, but not past what they have written.
        self.redirect_authenticated_user = "carried" not in request.POST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        carried = self.request.POST.get("carried", "")
        return super().get_context_data(carried=carried, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        signed = self.request.POST.get("carried")
        return save_carried(self.request, signed) if signed else response


def save_carried(request: HttpRequest, signed: str) -> HttpResponse:
    try:
        return carry.resubmit(request, carry.unpack(signed, within=carry.FRESH))
    except signing.SignatureExpired:
        waited = carry.unpack(signed)
        return carry.show_words(request, waited, WAITED, status=200, again=True)
    except signing.BadSignature:
        messages.error(request, LOST)
        return redirect("incidents:home")


log_in = LogIn.as_view()


@login_not_required
def log_in_to_admin(request: HttpRequest) -> HttpResponse:
    """The admin site's own login page would be a second door for who guesses."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", reverse("admin:index")))


@require_POST
@login_not_required
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "You are logged out.")
    return redirect("incidents:login")
