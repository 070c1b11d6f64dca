"""What people write into one field."""

from incidents.forms.fields import LabelsField


def test_signs_that_turn_or_hide_a_name_are_no_part_of_it() -> None:
    field = LabelsField(suggestions="services")
    assert field.clean("\u202edatabase, web\u2069, \u200b") == ("database", "web")
