"""What the forms of all parts share: a version, an address, changes for a verb."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents.workflow.refusals import RefusedError

# What may say of itself that it is required; of radio buttons only their group may.
TYPED = (forms.TextInput, forms.Textarea, forms.Select)


def version_of(sent: Mapping[str, Any]) -> int:
    """The version that a form was made from. What is not a number is no version."""
    text = str(sent.get("version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class VersionInput(forms.HiddenInput):
    """A version, and before it a field that is called after it.

    Going back, a browser puts what was typed into fields of the same names, and would
    send it with the version of a newer page. It tells forms apart by the names of their
    first two fields, so that an old text stays away from a form of another version.
    """

    def render(self, name: str, value: Any, *how: Any, **more: Any) -> SafeString:
        called = format_html('<input type="hidden" name="{}-{}">', name, value)
        return called + super().render(name, value, *how, **more)


class PartForm(forms.Form):
    """A form of one part. `part` is its id in the page and in its fields' ids."""

    version = forms.CharField(required=False, widget=VersionInput)

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        self.part = part
        kwargs.setdefault("auto_id", f"{part}-%s")
        # Our own errors say more than the browser's bubbles, and never hide.
        self.use_required_attribute = False
        # Whether the page shows beside each text how readers will see it.
        self.previewing = False
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # The browser would cut a paste there without a word.
            field.widget.attrs.pop("maxlength", None)
            if field.required and isinstance(field.widget, TYPED):
                field.widget.attrs["aria-required"] = "true"

    @property
    def base_version(self) -> int:
        """The version that the page showed."""
        return version_of(self.data)

    @property
    def changes(self) -> dict[str, Any]:
        """What this form showed and now says, by the names of the Document."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "why")
        }

    @property
    def reason_given(self) -> str:
        """Why it changes, where the form asks for it."""
        return str(self.cleaned_data.get("why") or "")

    def focus_first_error(self) -> None:
        """Begin at the first field to mend, with scripts and without."""
        wrong = [field.name for field in self.visible_fields() if field.errors]
        if wrong:
            self.fields[wrong[0]].widget.attrs["autofocus"] = True

    def compare_with(self, there: "PartForm") -> None:
        """Say what the record holds now, where this form shows something else."""

    def add_refusal(self, refusal: RefusedError | ValidationError) -> None:
        """Put what was refused at the field that can mend it, else above them all."""
        if isinstance(refusal, RefusedError):
            self.add_error(None, str(refusal))
        elif hasattr(refusal, "error_dict"):
            for name, errors in refusal.error_dict.items():
                for error in errors:
                    self.add_refusal_at(name, error)
        else:
            self.add_error(None, refusal)

    def add_refusal_at(self, name: str, error: ValidationError) -> None:
        field = error.code if name == NON_FIELD_ERRORS else name
        self.add_error(field if field in self.fields else None, error)
