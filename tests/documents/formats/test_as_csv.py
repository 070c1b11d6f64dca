"""CSV that a spreadsheet shows, and never calculates."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.document import Action, Document, Entry, Person
from incidents.documents.formats.as_csv import actions_csv, harmless, timeline_csv


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("start", [*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20"])
def test_a_cell_that_would_be_a_formula_is_text(start: str) -> None:
    document = Document(title="x", timeline=(Entry(text=f"{start}cmd()"),))
    assert rows(timeline_csv(document))[1][4] == f"'{start}cmd()"


def test_a_spreadsheet_is_told_of_the_alphabet() -> None:
    assert timeline_csv(Document(title="x")).startswith("\ufefftime,until")


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_every_text_comes_back_from_its_cell(text: str) -> None:
    item = Action(text=text, owner=Person(name="Ada"))
    cells = rows(actions_csv(Document(title="x", actions=(item,))))[1]
    assert cells[0] == harmless(text)
    assert cells[2] == "Ada"
