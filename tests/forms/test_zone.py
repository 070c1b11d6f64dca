"""A zone as somebody types it, and as the field shows it again."""

import pytest
from django import forms

from incidents.documents.times.places import zone_text
from incidents.forms.zone import ZoneField


@pytest.mark.parametrize("written", ["Mars", "the office", "UTC+3:15"])
def test_a_zone_that_nobody_knows_is_refused(written: str) -> None:
    with pytest.raises(forms.ValidationError, match="not a time zone we know"):
        ZoneField().clean(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("PT", "America/Los_Angeles"),
        ("MEZ", "Europe/Berlin"),
        ("UTC-4", "Etc/GMT+4"),
        ("utc", "UTC"),
        ("CET", "CET"),
    ],
)
def test_a_zone_is_typed_as_people_say_it(written: str, kept: str) -> None:
    assert ZoneField().clean(written) == kept


def test_a_fixed_offset_is_shown_the_way_people_count() -> None:
    field = ZoneField()
    shown = field.prepare_value("Etc/GMT+4")
    assert shown == "UTC-04:00" == zone_text("Etc/GMT+4")
    assert field.clean(shown) == "Etc/GMT+4"
    assert not field.has_changed("Etc/GMT+4", shown)
