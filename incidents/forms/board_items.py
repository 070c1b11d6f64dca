"""The forms of the board: one row, and many at once."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms

from incidents.forms.fields import DayField, MarkdownField, PersonField
from incidents.forms.part import PartForm
from incidents.models import ActionItem


class RowForm(PartForm):
    """All that can be said about one item; each button takes what it needs."""

    owner = PersonField(required=False)
    due_on = DayField(label="Due")
    why = forms.CharField(
        label="Why?",
        required=False,
        max_length=500,
        help_text="For another date, or to decline.",
    )
    evidence = MarkdownField(
        label="Evidence",
        rows=1,
        required=False,
        help_text="A link or a note that shows it was done.",
    )
    until = DayField(label="Snooze until")
    because = forms.CharField(label="Why can it wait?", required=False, max_length=500)
    note = forms.CharField(label="What did you see?", required=False, max_length=500)

    @classmethod
    def of(cls, row: ActionItem) -> Self:
        """The form of a row as it stands."""
        who = row.owner.username if row.owner else row.owner_name
        shown = {"owner": who, "due_on": row.due_on, "evidence": row.evidence}
        initial = {"version": row.version, **shown}
        return cls(part=f"item-{row.pk}", initial=initial)

    def on_top(self, version: int) -> Self:
        """The same words again, to be saved on top of a newer version."""
        data = {**self.typed, "version": str(version)}
        return type(self)(data=data, part=self.part)

    @property
    def typed(self) -> dict[str, Any]:
        return {name: self.data.get(name) for name in self.fields}


class BulkForm(forms.Form):
    """What happens to all the chosen ones."""

    owner = PersonField(required=False)
    due_on = DayField(label="Date")
    why = forms.CharField(label="Why?", required=False, max_length=500)

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="bulk-%s", **kwargs)

    @property
    def typed(self) -> dict[str, Any]:
        return {name: self.data.get(name) for name in self.fields}
