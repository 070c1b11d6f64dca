"""Who is asked to read a report."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group

from incidents.forms.fields import AccountsField, RowBoxes
from incidents.models import Incident


class ReadersForm(forms.Form):
    people = AccountsField(suggestions="people", label="People")
    groups = forms.ModelMultipleChoiceField(
        Group.objects.order_by("name"),
        required=False,
        widget=RowBoxes,
        help_text="All members of a group are asked, also those who join later.",
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        rows = incident.required_readers.select_related("user")
        kwargs["initial"] = {
            "people": tuple(row.user.username for row in rows if row.user),
            "groups": [row.group_id for row in rows if row.group_id],
        }
        super().__init__(*args, **kwargs)
