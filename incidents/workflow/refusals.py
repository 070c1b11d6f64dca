"""Why a verb said no, in words for the person who asked."""

from django.core.exceptions import ValidationError


class RefusedError(Exception):
    """Nothing was changed. The message says why and what to do."""


class NotAllowedError(RefusedError):
    """This person may not do this here."""


def words_of(refusal: Exception) -> str:
    """One text for whoever was refused, by a verb, by a reader or by the record."""
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal)
