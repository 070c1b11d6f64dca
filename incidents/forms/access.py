"""Who may see a postmortem."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group

from incidents.forms.fields import AccountsField, RowBoxes
from incidents.forms.part import PartForm
from incidents.models import Incident, Visibility


class AccessForm(PartForm):
    visibility = forms.ChoiceField(
        label="Who can see it", choices=Visibility.choices, widget=forms.RadioSelect
    )
    people = AccountsField(
        suggestions="people",
        label="Named people",
        unknown="Only accounts can be let in.",
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
