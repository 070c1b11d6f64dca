"""A section: its title and its text."""

from typing import Any

from django import forms

from incidents.documents.document import Section
from incidents.forms.fields import MarkdownField
from incidents.forms.part import PartForm


class SectionForm(PartForm):
    title = forms.CharField(max_length=200)
    body = MarkdownField(label="Text", required=False, rows=6)

    def __init__(self, *args: Any, value: Section, version: int, **kwargs: Any) -> None:
        shown = {"version": version, "title": value.title, "body": value.body}
        kwargs.setdefault("initial", shown)
        super().__init__(*args, **kwargs)
        self.fields["body"].help_text = value.prompt
