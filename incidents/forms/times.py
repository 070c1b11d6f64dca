"""A field for a time as people write it, which asks where it could be another."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from incidents.documents.times import (
    Choice,
    Question,
    Resolved,
    read_time,
    resolve,
    write_time,
)
from incidents.forms.part import PartForm

AS_WRITTEN = "as written"


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What a time without a date or a zone is read from.

    `day` is that of the moment which stood there before. Where it is known, the time
    `previous` to this one says nothing about the day.
    """

    zone: str
    now: dt.datetime
    started: dt.datetime | None = None
    previous: dt.datetime | None = None
    day: dt.date | None = None


class AskError(forms.ValidationError):
    """A time that could be several moments: the form shows them to choose from."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.sentence, code="ask")
        self.question = question


def understand(text: str, around: TimeContext) -> Resolved | Question:
    """The moment this text means, or what to ask the person who wrote it."""
    written = read_time(text)
    if written is None:
        return Question(
            sentence=f"“{text[:40]}” is not a time we can read. Write it like "
            "10:45, 8pm PST, 2024-08-18 08:15 or +45m (after the start)."
        )
    return resolve(
        written,
        zone=around.zone,
        previous=None if around.day else around.previous,
        started=around.started,
        now=around.now,
        day=around.day,
    )


class MomentBound(BoundField):
    """A time in a form, with the question that reading it has raised."""

    @property
    def question(self) -> Question | None:
        form = self.form
        return form.questions.get(self.name) if isinstance(form, TimedForm) else None

    @property
    def answers(self) -> list[tuple[str, Choice]]:
        """The choices, each with the value of its radio button."""
        choices = self.question.choices if self.question else ()
        return [(as_answer(choice), choice) for choice in choices]


class MomentField(forms.CharField):
    """The text of a time. Its form, which knows the day and the zone, reads it."""

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> MomentBound:
        return MomentBound(form, self, field_name)

    def __init__(self, *, placeholder: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 200)
        attrs = {"placeholder": placeholder, "autocomplete": "off", "data-time": ""}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)


class TimedForm(PartForm):
    """A form with times. An answer to a question comes back in `<field>_answer`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions: dict[str, Question] = {}
        self.found: dict[str, Resolved | Question] = {}

    def read(self, name: str, around: TimeContext) -> Resolved | None:
        """The moment in a field. A question becomes an error with its choices."""
        text = self.cleaned_data.get(name, "")
        if not text:
            return None
        found = self.answer(name, text) or understand(text, around)
        self.found[name] = found
        if isinstance(found, Resolved):
            return found
        self.questions[name] = found
        self.add_error(name, AskError(found))
        return None

    def kept_as_written(self, name: str, text: str) -> bool:
        """Whether the writer chose to keep this very text, without a moment."""
        return (
            bool(text)
            and self.data.get(f"{name}_answer") == AS_WRITTEN
            and self.data.get(f"{name}_asked") == text
        )

    def answer(self, name: str, text: str) -> Resolved | None:
        """The reading that was chosen, if it was chosen for this very text."""
        chosen = str(self.data.get(f"{name}_answer", ""))
        if not chosen or self.data.get(f"{name}_asked") != text:
            return None
        try:
            at, until, zone = chosen.split("|")
            return Resolved(
                at=moment(at), until=moment(until) if until else None, zone=zone
            )
        except ValueError:
            return None


def moment(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def as_answer(choice: Choice) -> str:
    """A choice as the value of its radio button."""
    until = choice.resolved.until
    return "|".join(
        (
            choice.resolved.at.isoformat(),
            until.isoformat() if until else "",
            choice.resolved.zone,
        )
    )


def shown_time(
    at: dt.datetime | None, zone: str, until: dt.datetime | None = None
) -> str:
    """A moment as text for a field, on the clock of the zone the page shows."""
    if at is None:
        return ""
    start = write_time(at, zone)
    return f"{start} to {write_time(until, zone)}" if until else start
