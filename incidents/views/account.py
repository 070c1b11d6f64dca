"""Signing in and out, and what members say about themselves."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from incidents.forms.account import AccountForm
from incidents.views.gates import MemberRequest

log_in = LoginView.as_view(redirect_authenticated_user=True)


@require_POST
@login_not_required
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "You are logged out.")
    return redirect("incidents:login")


def show(request: MemberRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("incidents:account")
    roles = request.user.groups.values_list("name", flat=True).order_by("name")
    return render(request, "account/account.html", {"form": form, "roles": roles})


@sensitive_post_parameters()
def change_password(request: MemberRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        messages.success(
            request, "Your password is changed. Other devices are logged out."
        )
        return redirect("incidents:account")
    return render(request, "account/password.html", {"form": form})
