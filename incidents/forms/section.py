"""A section: its title and its text."""

from typing import Any
from uuid import uuid4

from django import forms

from incidents.documents.document import Section
from incidents.documents.kinds import SectionKind
from incidents.forms.fields import KindField, MarkdownField, TitleField
from incidents.forms.part import PartForm

NO_TITLE = "Give the section a title."


class SectionForm(PartForm):
    title = TitleField(NO_TITLE)
    body = MarkdownField(label="Text", required=False, rows=6)

    def __init__(self, *args: Any, value: Section, version: int, **kwargs: Any) -> None:
        shown = {"version": version, "title": value.title, "body": value.body}
        kwargs.setdefault("initial", shown)
        super().__init__(*args, **kwargs)
        self.fields["body"].label = value.title
        self.fields["body"].help_text = value.prompt


class NewSectionForm(PartForm):
    """A section of one's own. `key` is the row that it will become."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = TitleField(NO_TITLE)
    kind = KindField(SectionKind, initial=SectionKind.OTHER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        super().__init__(*args, **kwargs)
