"""The facts of an incident, in the three forms that the editor shows."""

from typing import Any

from django import forms

from incidents.documents.document import Document
from incidents.documents.kinds import Detection
from incidents.forms.fields import (
    KindField,
    LabelsField,
    ParticipantsField,
    PersonField,
    TitleField,
)
from incidents.forms.numbers import CountField, PercentField
from incidents.forms.part import PartForm
from incidents.models import Severity


def severity_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(required=False, choices=severities, empty_value=None)


def severities() -> list[tuple[str, str]]:
    rows = (
        (row.name, f"{row.name}: {row.description}") for row in Severity.objects.all()
    )
    return [("", "Not set"), *rows]


class FactsForm(PartForm):
    """Some of the facts. What a form does not show, its save does not touch."""

    def __init__(
        self, *args: Any, value: Document, version: int, **kwargs: Any
    ) -> None:
        names = [name for name in self.base_fields if name != "version"]
        shown = {name: getattr(value, name) for name in names}
        kwargs.setdefault("initial", {"version": version, **shown})
        super().__init__(*args, **kwargs)


class BasicsForm(FactsForm):
    title = TitleField("Give it a title.")
    severity = severity_field()
    services = LabelsField(suggestions="services")
    tags = LabelsField(suggestions="tags")
    owner = PersonField(
        required=False, help_text="An account, or a plain name. Answers for the report."
    )
    participants = ParticipantsField()


class ImpactForm(FactsForm):
    detection = KindField(Detection, empty="Not known", label="Noticed by")
    users_affected_percent = PercentField(
        label="Users affected, per cent", required=False
    )
    users_affected_count = CountField(label="Users affected, number", required=False)
