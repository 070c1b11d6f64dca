"""An action item: the promise, who keeps it and until when."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms

from incidents.documents.calendar.days import day_in_words
from incidents.documents.document import Action
from incidents.documents.kinds import ActionKind, Priority
from incidents.forms.fields import DayField, KindField, MarkdownField, PersonField
from incidents.forms.part import PartForm


class ActionForm(PartForm):
    text = MarkdownField(
        label="What will be done?",
        rows=1,
        error_messages={"required": "Say what will be done."},
    )
    kind = KindField(ActionKind, empty="No kind")
    priority = KindField(Priority, empty="No priority")
    owner = PersonField(required=False)
    due_on = DayField(label="Due")
    url = forms.URLField(
        label="Ticket",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://…"}),
        error_messages={
            "invalid": "Give the whole address of the ticket, which begins with "
            "https://. A number alone can stand in the text."
        },
    )

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).strip("\n")


class NewActionForm(ActionForm):
    """The row at the end. `key` is the row that it will become."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, due: dt.date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4(), "due_on": due})
        super().__init__(*args, **kwargs)


class OldActionForm(ActionForm):
    """An item that is there. A date that was set moves for a reason."""

    why = forms.CharField(
        label="Why does the date move?",
        required=False,
        max_length=500,
        help_text="Only if you change it.",
    )

    def __init__(self, *args: Any, value: Action, version: int, **kwargs: Any) -> None:
        self.promised_for = value.due_on
        names = ("text", "kind", "priority", "owner", "due_on", "url")
        shown = {name: getattr(value, name) for name in names}
        kwargs.setdefault("initial", {"version": version, **shown})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        was = self.promised_for
        if was and "due_on" in given and given["due_on"] != was and not given["why"]:
            self.add_error("why", f"Say why it moves: it was {day_in_words(was)}.")
        return given


class DeclineForm(PartForm):
    """Why a promise is not kept after all."""

    declined_because = MarkdownField(
        label="Why is it declined?",
        rows=2,
        error_messages={"required": "Say why it is declined."},
    )
