"""Numbers as people write them; what is no number is never lost without a word."""

from decimal import Decimal

import pytest
from django import forms

from incidents.forms.numbers import CountField, PercentField


@pytest.mark.parametrize(
    "text", ["85-90", "5e", "about 40", "101", "-1", "1.2345", "NaN", "1e400", "٪"]
)
def test_what_is_no_share_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="Give a number from 0 to 100"):
        PercentField().clean(text)


@pytest.mark.parametrize("text", ["-5", "a few", "1,2", "12.5", "9" * 30])
def test_what_is_no_count_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(forms.ValidationError, match="Give a whole number"):
        CountField().clean(text)


@pytest.mark.parametrize(
    ("text", "share"),
    [("85", "85"), ("12.5 %", "12.5"), ("12,5", "12.5"), ("100%", "100"), ("0", "0")],
)
def test_a_share_is_read_with_its_sign_or_without(text: str, share: str) -> None:
    assert PercentField().clean(text) == Decimal(share)


@pytest.mark.parametrize(
    ("text", "count"), [("12000", 12000), ("12,000", 12000), ("1 200 000", 1200000)]
)
def test_a_count_may_have_its_thousands_apart(text: str, count: int) -> None:
    assert CountField().clean(text) == count


def test_a_number_that_is_not_known_stays_unknown() -> None:
    assert PercentField(required=False).clean("") is None
    assert CountField(required=False).clean(None) is None


@pytest.mark.parametrize(
    ("share", "shown"), [("85.00", "85"), ("12.50", "12.5"), ("100.00", "100")]
)
def test_a_share_is_shown_as_people_write_it(share: str, shown: str) -> None:
    assert PercentField().prepare_value(Decimal(share)) == shown
