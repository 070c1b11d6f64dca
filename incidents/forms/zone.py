"""A time zone, by its name or by what people call it."""

from typing import Any

from django import forms

from incidents.documents.times.places import place_typed, zone_text
from incidents.models import validate_zone, zone_names


class ZoneField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Time zone")
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("help_text", "Times without a zone are read in this one.")
        kwargs.setdefault(
            "error_messages", {"required": "Choose one, such as Europe/Berlin or UTC."}
        )
        attrs = {"list": "zones", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        written = super().clean(value).strip()
        kept = written in zone_names()
        name = written if kept else place_typed(written) or written
        validate_zone(name)
        return name

    def prepare_value(self, value: Any) -> Any:
        return zone_text(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
