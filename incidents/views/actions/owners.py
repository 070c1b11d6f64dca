"""What somebody who leaves has promised, or a name that has no account yet."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from incidents.documents.document import Person
from incidents.forms.owners import HandOverForm
from incidents.models import ActionItem, User
from incidents.views.editor.suggestions import Suggestions
from incidents.views.gates import MemberRequest, form_page, require_writer
from incidents.views.htmx import UNSAVED
from incidents.workflow.actions.owners import hand_over, items_of_owner
from incidents.workflow.refusals import RefusedError, words_of

# So many rows are read and handed over at once; what is left is shown again.
MOST = 200


@form_page
def show(request: MemberRequest, who: str) -> HttpResponse:
    by = require_writer(request)
    account = User.objects.filter(username=who).first()
    items = list(items_of_owner(who, seen_by=by)[:MOST])
    if account is None and not items:
        raise Http404("Nobody of this name has promised anything here.")
    form = HandOverForm(request.POST or None, items=items, join=account is None)
    status = 200
    if request.method == "POST":
        status = UNSAVED
        if form.is_valid() and give(form, items, by):
            messages.success(request, "Their items have a new owner.")
            return redirect("incidents:actions")
    context = {
        "form": form,
        "rows": form.rows(items),
        "account": account,
        "who": account.name if account else who,
        "suggest": Suggestions(request.user),
    }
    return render(request, "actions/owners.html", context, status=status)


def give(form: HandOverForm, items: list[ActionItem], by: User) -> bool:
    """Hand over each item that got somebody; whether none refused."""
    for item in items:
        to = form.owner_of(item)
        if to is not None:
            give_one(form, item, to, by)
    return not form.errors


def give_one(form: HandOverForm, item: ActionItem, to: Person, by: User) -> None:
    try:
        hand_over(item, to, by=by, now=timezone.now())
    except (RefusedError, ValidationError) as refusal:
        form.refuse(item, words_of(refusal))
