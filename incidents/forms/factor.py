"""A contributing factor: what it was, what shows it and what answers it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms

from incidents.forms.fields import MarkdownField
from incidents.forms.part import PartForm
from incidents.models import ActionItem, TimelineEntry
from incidents.workflow.parts.part_kinds import LinkedFactor

# So many rows of a kind are all offered at once; of more, those that are asked for.
FEW: Final = 40


class BoxesByKey(forms.CheckboxSelectMultiple):
    """Each box is known by its row, wherever that stands and whoever else is shown."""

    def create_option(
        self, name: str, value: str, *shown: Any, **more: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, *shown, **more)
        option["attrs"]["id"] = f"{more['attrs']['id']}_{value.replace('-', '')}"
        return option


class FactorForm(PartForm):
    """Its choices are the rows of its own incident and no others.

    Of a long list it shows what is chosen, and all of it where `choosing` says so.
    """

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
        required=False, label="Shown by", widget=BoxesByKey
    )
    answers = forms.MultipleChoiceField(
        required=False, label="Answered by", widget=BoxesByKey
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
        zone: dt.tzinfo,
        choosing: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choosing = choosing
        self.offer(
            "evidence", [(str(row.key), entry_label(row, zone)) for row in entries]
        )
        self.offer("answers", [(str(row.key), str(row)) for row in actions])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if len(choices) > FEW and not self.choosing:
            chosen = set(self[name].value() or ())
            field.widget.choices = [one for one in choices if one[0] in chosen]

    def clean_evidence(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["evidence"])

    def clean_answers(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["answers"])


def entry_label(entry: TimelineEntry, zone: dt.tzinfo) -> str:
    return f"{entry.at.astimezone(zone):%H:%M} {entry}" if entry.at else str(entry)


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
