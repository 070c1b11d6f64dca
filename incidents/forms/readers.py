"""Who is asked to read a report."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group

from incidents.forms.fields import LabelsField, RowBoxes
from incidents.models import Incident, User
from incidents.workflow.people import find_accounts


class ReadersForm(forms.Form):
    people = LabelsField(
        suggestions="people",
        label="People",
        help_text="User names or full names, with commas between them.",
    )
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

    def clean_people(self) -> list[User]:
        names = self.cleaned_data["people"]
        accounts = find_accounts(names)
        for name in names:
            if name.lower() not in accounts:
                raise forms.ValidationError(f"There is no account “{name}”.")
        return [accounts[name.lower()] for name in names]
