"""A contributing factor: what it was, what shows it and what answers it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from incidents.forms.fields import MarkdownField
from incidents.forms.part import PartForm
from incidents.models import ActionItem, TimelineEntry
from incidents.workflow.parts.part_kinds import LinkedFactor


class FactorForm(PartForm):
    """Its choices are the rows of its own incident and no others."""

    text = MarkdownField(
        label="What contributed?",
        rows=2,
        error_messages={"required": "Say what contributed."},
    )
    category = forms.CharField(
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "categories", "autocomplete": "off"}),
    )
    evidence = forms.MultipleChoiceField(
        required=False, label="Shown by", widget=forms.CheckboxSelectMultiple
    )
    answers = forms.MultipleChoiceField(
        required=False, label="Answered by", widget=forms.CheckboxSelectMultiple
    )
    accepted = MarkdownField(
        label="Or accepted, because",
        required=False,
        rows=1,
        help_text="Where nothing will be done about it, say why.",
    )

    def __init__(
        self,
        *args: Any,
        entries: Sequence[TimelineEntry],
        actions: Sequence[ActionItem],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("evidence", entries)
        self.offer("answers", actions)

    def offer(self, name: str, rows: Sequence[TimelineEntry | ActionItem]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(row.key), as_choice(row)) for row in rows]

    def clean_evidence(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["evidence"])

    def clean_answers(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["answers"])


def as_choice(row: TimelineEntry | ActionItem) -> str:
    if isinstance(row, TimelineEntry) and row.at:
        return f"{row.at.astimezone(row.incident.tzinfo):%H:%M} {row}"
    return str(row)


class NewFactorForm(FactorForm):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        super().__init__(*args, **kwargs)


class OldFactorForm(FactorForm):
    def __init__(
        self, *args: Any, value: LinkedFactor, version: int, **kwargs: Any
    ) -> None:
        names = ("text", "category", "evidence", "answers", "accepted")
        shown = {name: getattr(value, name) for name in names}
        kwargs.setdefault("initial", {"version": version, **shown})
        super().__init__(*args, **kwargs)
