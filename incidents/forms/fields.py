"""Fields that read what people write: names, labels, Markdown."""

from typing import Any

from django import forms

from incidents.documents.document import Participant, Person
from incidents.documents.render import MAX_CHARACTERS
from incidents.search.keyset import row_number
from incidents.workflow.people import people_called, person_called


class MarkdownField(forms.CharField):
    """A text that is kept to the letter; only line ends are made one kind."""

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_CHARACTERS)
        kwargs.setdefault("strip", False)
        kwargs.setdefault(
            "widget", forms.Textarea(attrs={"rows": rows, "data-markdown": ""})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return unify_lines(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # The browser would cut a paste at maxlength without a word.
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class RowBoxes(forms.CheckboxSelectMultiple):
    """A box a row. What cannot be the number of a row becomes no choice at all, before
    a database is asked for it: none takes a number of any length.
    """

    def value_from_datadict(self, *sent: Any) -> list[str]:
        values: list[str] = super().value_from_datadict(*sent) or []
        return [value if row_number(value) else "" for value in values]


def unify_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class PersonField(forms.CharField):
    """Somebody by account or by plain name, as people say it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 150)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"list": "people", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        return person_called(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return shown(value) if isinstance(value, Person) else value


def shown(person: Person) -> str:
    return person.account or person.name


class LabelsField(forms.CharField):
    """Names with commas between them."""

    def __init__(self, *, suggestions: str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 1_000)
        kwargs.setdefault("help_text", "Separate several with commas.")
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"list": suggestions, "autocomplete": "off"}),
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        names = [" ".join(name.split()) for name in super().clean(value).split(",")]
        long = next((name for name in names if len(name) > 60), None)
        if long:
            raise forms.ValidationError(
                f"“{long[:40]}…” is too long for a name: use up to 60 characters."
            )
        return tuple(dict.fromkeys(name for name in names if name))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, tuple) else value


class ParticipantsField(forms.CharField):
    """People, one a line, each with what they did: `Ana Silva: incident lead`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 10_000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> tuple[Participant, ...]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        pairs = [line.partition(":") for line in lines if line]
        for name, _, role in pairs:
            if len(name.strip()) > 150 or len(role.strip()) > 60:
                raise forms.ValidationError(
                    f"The line “{name[:40]}…” is too long: write a name of up to 150 "
                    "and a role of up to 60 characters."
                )
        people = people_called([name.strip() for name, _, _ in pairs])
        return tuple(
            Participant(person=person, role=role.strip())
            for person, (_, _, role) in zip(people, pairs, strict=True)
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        return "\n".join(
            f"{shown(row.person)}: {row.role}" if row.role else shown(row.person)
            for row in value
        )
