"""Signing in and out, and what members say about themselves."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from incidents.forms.account import AccountForm
from incidents.views.gates import MemberRequest

log_in = LoginView.as_view(redirect_authenticated_user=True)


class ChangePassword(SuccessMessageMixin, PasswordChangeView):
    success_url = reverse_lazy("incidents:account")
    success_message = "Your password is changed. Other devices are logged out."


change_password = ChangePassword.as_view()


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
