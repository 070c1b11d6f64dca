"""A time zone, by its name or by what people call it."""

from typing import Any

from django import forms

from incidents.documents.times import zone_name
from incidents.models import validate_zone


class ZoneField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Time zone")
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("help_text", "Times without a zone are read in this one.")
        attrs = {"list": "zones", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        written = super().clean(value).strip()
        known = zone_name(written) or written
        name = known if "/" in known or known == "UTC" else written
        validate_zone(name)
        return name
