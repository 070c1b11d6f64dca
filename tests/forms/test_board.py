"""The menus of the board say what the page below them shows."""

import pytest
from django.http import QueryDict

from incidents.forms.board import BoardFilter

NOTHING: dict[str, list[str]] = {"service": [], "severity": []}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("", "By date"), ("sort=age", "Not grouped"), ("sort=priority", "By priority")],
)
def test_the_menu_of_groups_names_what_the_items_are_sorted_by(
    asked: str, shown: str
) -> None:
    menus = BoardFilter(QueryDict(asked)).menus(NOTHING)
    assert next(menu.shown for menu in menus if menu.name == "group") == shown
