"""What a person is told who left out or mistyped something, in words for a person."""

import pytest
from django.core.exceptions import ValidationError

from incidents.forms.action import NewActionForm
from incidents.forms.part import PartForm
from incidents.forms.section import NewSectionForm
from incidents.forms.when import WhenForm


@pytest.mark.parametrize(
    ("form", "name", "written", "told"),
    [
        (NewActionForm, "url", "OPS-12", "Give the whole address of the ticket"),
        (NewActionForm, "due_on", "end of Q1", "Give a day, such as 2024-08-18."),
        (NewSectionForm, "title", "", "Give the section a title."),
        (WhenForm, "zone", "", "Choose one, such as Europe/Berlin or UTC."),
    ],
)
def test_a_field_says_what_it_wants(
    form: type[PartForm], name: str, written: str, told: str
) -> None:
    field = form.base_fields[name]
    with pytest.raises(ValidationError, match=told):
        field.clean(written)
