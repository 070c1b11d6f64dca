"""Fields that read what people write: titles, names, labels, Markdown."""

import unicodedata
from typing import Any, Final

from django import forms
from django.http import QueryDict

from incidents.documents.document import Participant, Person
from incidents.documents.kinds import Kind
from incidents.documents.render import MAX_CHARACTERS
from incidents.models import User
from incidents.search.keyset import row_number
from incidents.workflow.whole.people import find_accounts, people_called, person_called

# Signs that turn the direction of what follows them, in a menu of many names too.
TURNING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


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

    def validate(self, value: str) -> None:
        """White space is no text."""
        super().validate(value.strip())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # The browser would cut a paste at maxlength without a word.
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class TitleField(forms.CharField):
    """A line that people see and click on: signs that show nothing are no title."""

    def __init__(self, none: str, **kwargs: Any) -> None:
        """With the sentence `none` for whoever leaves it empty."""
        messages = {"required": none}
        super().__init__(max_length=200, error_messages=messages, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value if any(map(is_seen, value)) else "")


def is_seen(sign: str) -> bool:
    """Whether it is a letter, a number, punctuation or a symbol."""
    return unicodedata.category(sign)[0] in "LNPS"


class KindField(forms.TypedChoiceField):
    """One word of a vocabulary; with `empty`, the label of none, it may be left out."""

    def __init__(self, kinds: type[Kind], *, empty: str = "", **kwargs: Any) -> None:
        none = [("", empty)] if empty else []
        super().__init__(
            coerce=kinds,
            empty_value=None,
            required=not empty,
            choices=[*none, *kinds.choices()],
            **kwargs,
        )


class DayField(forms.DateField):
    """A day, or none, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        invalid = {"invalid": "Give a day, such as 2024-08-18."}
        kwargs |= {"required": False, "widget": widget, "error_messages": invalid}
        super().__init__(**kwargs)


class RowBoxes(forms.CheckboxSelectMultiple):
    """A box a row. What cannot be the number of a row becomes no choice at all, before
    a database is asked for it: none takes a number of any length.
    """

    def value_from_datadict(self, *sent: Any) -> list[str]:
        values: list[str] = super().value_from_datadict(*sent) or []
        return [value if row_number(value) else "" for value in values]


def unify_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_nulls(text: str) -> str:
    """What is read past a form, less the one character that no database keeps."""
    return text.replace("\0", "")


def sent_columns(sent: QueryDict, *names: str) -> list[list[str]]:
    """The columns of a list of rows, each of which came back in fields of its own."""
    return [
        [without_nulls(unify_lines(value)) for value in sent.getlist(name)]
        for name in names
    ]


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
        return person_text(value) if isinstance(value, Person) else value


def person_text(person: Person) -> str:
    return person.account or person.name


class NamesField(forms.CharField):
    """Names with commas between them."""

    def __init__(self, *, suggestions: str, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 1_000)
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"list": suggestions, "autocomplete": "off"}),
        )
        super().__init__(**kwargs)

    def names_in(self, value: Any) -> tuple[str, ...]:
        plain = super().clean(value).translate(TURNING)
        names = [" ".join(name.split()) for name in plain.split(",")]
        long = next((name for name in names if len(name) > 60), None)
        if long:
            raise forms.ValidationError(
                f"“{long[:40]}…” is too long for a name: use up to 60 characters."
            )
        return tuple(dict.fromkeys(name for name in names if any(map(is_seen, name))))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, tuple) else value


class LabelsField(NamesField):
    """Services or tags."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Separate several with commas.")
        super().__init__(**kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        return self.names_in(value)


class AccountsField(NamesField):
    """People who have an account, by username or full name."""

    def __init__(self, *, unknown: str = "", **kwargs: Any) -> None:
        """`unknown` says why a name without an account does not do."""
        kwargs.setdefault(
            "help_text", "Usernames or full names, with commas between them."
        )
        super().__init__(**kwargs)
        self.unknown = unknown

    def clean(self, value: Any) -> list[User]:
        names = [name.removeprefix("@") for name in self.names_in(value)]
        if self.required and not names:
            raise forms.ValidationError(self.error_messages["required"])
        accounts = find_accounts(names)
        for name in names:
            if name.lower() not in accounts:
                said = f"There is no account “{name}”. {self.unknown}".strip()
                raise forms.ValidationError(said)
        return list(dict.fromkeys(accounts[name.lower()] for name in names))


class ParticipantsField(forms.CharField):
    """People, one a line, each with what they did: `Ana Silva: incident lead`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 10_000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault(
            "help_text", "One a line, with what they did: “Ana Silva: incident lead”."
        )
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
            f"{person_text(row.person)}: {row.role}"
            if row.role
            else person_text(row.person)
            for row in value
        )
