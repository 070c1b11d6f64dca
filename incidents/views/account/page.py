"""What members say about themselves."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from incidents.forms.account import AccountForm
from incidents.models import FeedKey
from incidents.views.gates import MemberRequest, form_page


@form_page
def show(request: MemberRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("incidents:account")
    roles = request.user.groups.values_list("name", flat=True).order_by("name")
    has_feed = FeedKey.objects.filter(user=request.user).exists()
    context = {"form": form, "roles": roles, "has_feed": has_feed}
    return render(request, "account/account.html", context)


@form_page
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
