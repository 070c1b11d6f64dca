"""What a refused person is told."""

from django.core.exceptions import ValidationError

from incidents.workflow.refusals import RefusedError, words_of


def test_what_the_record_refuses_is_told_without_brackets_or_names_of_fields() -> None:
    refusal = ValidationError({"owner": ["Ada has left."], "due_on": ["Too early."]})
    assert words_of(refusal) == "Ada has left. Too early."


def test_what_a_verb_refuses_is_told_in_its_own_words() -> None:
    assert words_of(RefusedError("Say why.")) == "Say why."
