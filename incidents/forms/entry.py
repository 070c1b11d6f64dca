"""One line of the timeline."""

from typing import Any
from uuid import UUID, uuid4

from django import forms

from incidents.documents.document import Entry
from incidents.documents.kinds import EntryKind
from incidents.forms.fields import KindField, MarkdownField
from incidents.forms.part import PartForm
from incidents.forms.times import MomentField, TimeContext, TimedForm, shown_time


class EntryForm(TimedForm):
    """A time, a kind, a text. A time that was not touched is never read again."""

    time = MomentField(label="Time", placeholder="10:00, +45m")
    time_was = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    kind = KindField(EntryKind, initial=EntryKind.NOTE)
    text = MarkdownField(
        label="What happened?",
        rows=1,
        error_messages={"required": "Say what happened."},
    )

    is_new = False
    keeps_as_written = True

    def __init__(
        self, *args: Any, around: TimeContext, part: str, **kwargs: Any
    ) -> None:
        self.around = around
        super().__init__(*args, part=part, **kwargs)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).strip("\n")

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        written = cleaned.get("time", "")
        if written != cleaned.pop("time_was", "") or self.is_new:
            unknown = self.kept_as_written("time", written)
            found = None if unknown else self.read("time", self.around)
            cleaned["as_written"] = written
            cleaned["at"] = found.at if found else None
            cleaned["until"] = found.until if found else None
            cleaned["zone"] = found.zone if found else ""
        cleaned.pop("time", None)
        return cleaned

    def compare_with(self, there: PartForm) -> None:
        self.initial["time_was"] = there.initial["time"]


class NewEntryForm(EntryForm):
    """The row at the end, or between two. `key` is the row that it will become."""

    is_new = True
    key = forms.UUIDField(widget=forms.HiddenInput)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, after: UUID | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4(), "after": after})
        kwargs.setdefault("part", "entry-new")
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["placeholder"] = "What happened?"


class OldEntryForm(EntryForm):
    """A row that is there. `pinned` keeps it among the key moments."""

    pinned = forms.BooleanField(
        required=False, help_text="Pinned entries stand in the short timeline."
    )

    def __init__(self, *args: Any, value: Entry, version: int, **kwargs: Any) -> None:
        zone = kwargs["around"].zone
        time = shown_time(value.at, zone, value.until) or value.as_written
        kwargs.setdefault(
            "initial",
            {
                "version": version,
                "time": time,
                "time_was": time,
                "kind": value.kind,
                "text": value.text,
                "pinned": value.pinned,
            },
        )
        super().__init__(*args, **kwargs)
