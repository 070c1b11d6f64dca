"""What members say about themselves."""

from django import forms

from incidents.forms.zone import ZoneField
from incidents.models import User


class AccountForm(forms.ModelForm[User]):
    zone = ZoneField(help_text="Due dates and reminders follow its calendar.")

    class Meta:
        model = User
        fields = (
            "first_name",
            "last_name",
            "email",
            "zone",
            "reminders",
            "reminders_day",
            "monthly_digest",
        )
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
