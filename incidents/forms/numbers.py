"""Fields that read numbers as people write them.

A browser empties a number field that it cannot read before it sends it, and the
words in it were lost; so these are fields of text.
"""

import re
from decimal import Decimal
from typing import Any

from django import forms

_NOT_A_SHARE = "Give a number from 0 to 100, such as 85 or 12.5."
_NOT_A_COUNT = "Give a whole number, such as 12000."
_MOST = 9_000_000_000_000_000_000

# Between digits, before three of them: 12,000 and 12 000.
_SEPARATOR = re.compile(r"(?<=\d)[,\s](?=\d{3}(?!\d))")


class PercentField(forms.DecimalField):
    """A share of a hundred, with its sign or without: `85`, `12.5 %`, `12,5`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        sizes = ("max_digits", "max_decimal_places", "max_whole_digits")
        wrong = ("invalid", "min_value", "max_value", *sizes)
        kwargs.setdefault("error_messages", dict.fromkeys(wrong, _NOT_A_SHARE))
        super().__init__(
            min_value=0, max_value=100, max_digits=5, decimal_places=2, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """As people write it: 85 and not 85.00."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = "" if value is None else str(value)
        return super().clean(text.strip().removesuffix("%").replace(",", "."))


class CountField(forms.IntegerField):
    """A whole number, with its thousands apart or not: `12000`, `12,000`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        wrong = ("invalid", "min_value", "max_value")
        kwargs.setdefault("error_messages", dict.fromkeys(wrong, _NOT_A_COUNT))
        super().__init__(min_value=0, max_value=_MOST, **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = "" if value is None else str(value)
        return super().to_python(_SEPARATOR.sub("", text))
