import pytest

from incidents.templatetags.times import lateness


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 d late"),
        (99, "99 d late"),
        (100, "3 mo late"),
        (729, "24 mo late"),
        (2524, "6 y late"),
    ],
)
def test_what_is_very_late_is_said_in_larger_units(days: int, said: str) -> None:
    assert lateness(days) == said
