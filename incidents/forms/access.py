"""Who may see a postmortem."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group

from incidents.forms.fields import LabelsField, RowBoxes
from incidents.forms.part import PartForm
from incidents.models import Incident, User, Visibility
from incidents.workflow.people import find_accounts


class AccessForm(PartForm):
    visibility = forms.ChoiceField(
        label="Who can see it", choices=Visibility.choices, widget=forms.RadioSelect
    )
    people = LabelsField(
        suggestions="people",
        label="Named people",
        help_text="User names or full names, with commas between them.",
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        required=False,
        label="Named groups",
        widget=RowBoxes,
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        people = incident.allowed_users.order_by("username")
        shown = {
            "visibility": incident.visibility,
            "people": tuple(people.values_list("username", flat=True)),
            "groups": incident.allowed_groups.all(),
        }
        kwargs.setdefault("initial", shown)
        super().__init__(*args, **kwargs)
        field = self.fields["groups"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Group.objects.order_by("name")

    def clean_people(self) -> list[User]:
        names = self.cleaned_data["people"]
        accounts = find_accounts(names)
        for name in names:
            if name.lower() not in accounts:
                raise forms.ValidationError(
                    f"There is no account “{name}”. Only accounts can be let in."
                )
        return [accounts[name.lower()] for name in names]
