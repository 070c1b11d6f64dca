"""What the editor's templates ask of its forms."""

from django import template

from incidents.documents.times import Choice, Question
from incidents.forms.part import PartForm
from incidents.forms.times import TimedForm, as_answer

register = template.Library()


@register.filter
def question_at(form: PartForm, name: str) -> Question | None:
    """The question that a time in this field has raised."""
    return form.questions.get(name) if isinstance(form, TimedForm) else None


@register.filter
def answer(choice: Choice) -> str:
    return as_answer(choice)
