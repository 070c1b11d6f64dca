"""What came out of a wiki or a tracker is shown as it was meant there."""

import pytest

from incidents.documents.render import plain, render
from tests.documents.render.page_reader import Page

TABLE = "||Question||Answer||\n|Why?|[The *pool*|https://w.example] was dry|\n|Who?|"


def page(source: str) -> Page:
    return Page(render(source).html)


@pytest.mark.parametrize(
    "source",
    [
        "{info} is a word\n\nand {noformat}\nanother",
        "{info}\nnever closed",
        "{cod}\nnot a mark\n{cod}",
        "||only a head||",
        "||a||b||\nno row",
        "|a|\n|b|",
        "```\n{info}\na\n{info}\n```",
    ],
)
def test_what_is_no_mark_stays_words(source: str) -> None:
    read = page(source)
    assert not read.all("table")
    assert not read.all("div")
    marks = source.replace("```\n", "").replace("\n```", "")
    assert read.visible.split() == marks.split()


def test_a_wiki_table_is_a_table_with_all_its_words() -> None:
    read = page(TABLE)
    assert len(read.all("th")) == 2
    assert len(read.all("td")) == 4
    assert "[The pool|https://w.example] was dry" in read.visible
    assert "Who?" in plain(TABLE)


def test_rows_without_a_head_are_a_table_of_words_and_names() -> None:
    read = page("|State|{status:colour=Red|title=Open}|\n|Lead|[~ann]|")
    assert len(read.all("tr")) == 2
    assert read.visible.split() == ["State", "Open", "Lead", "@ann"]


def test_the_rows_of_a_table_with_a_head_stay_in_it() -> None:
    read = page("| Service | Minutes |\n|---|---|\n| web | 41 |\n| db | 12 |")
    assert len(read.all("table")) == 1
    assert len(read.all("tr")) == 3


def test_what_is_too_much_for_a_row_stands_in_its_last_cell() -> None:
    read = page("||a||b||\n|1|2|3|")
    assert len(read.all("td")) == 2
    assert "2 3" in read.visible


@pytest.mark.parametrize("mark", ["noformat", "code"])
def test_what_stands_between_two_marks_is_code(mark: str) -> None:
    read = page(f"Before\n{{{mark}}}\nrabbit: <b>\n- [ ] x\n{{{mark}}}\nAfter")
    assert read.all("code")
    assert not read.all("li")
    assert "rabbit: <b>" in read.visible


def test_a_panel_is_a_box_with_its_title() -> None:
    read = page("{panel:title=Please read|bgColor=#fff}\n- one\n{panel}\nAfter")
    assert read.all("div")[0].attributes == {"class": "admonition note"}
    assert read.all("li")
    assert "Please read" in read.visible


def test_mentions_and_boxes_of_one_line_are_read_in_running_text() -> None:
    read = page("{info}Ask [~ann.lee] or <@U02AB|bo>, not `[~x]`{info}")
    assert read.all("div")[0].attributes == {"class": "admonition info"}
    assert read.visible.split("Info")[1].strip() == "Ask @ann.lee or @bo, not [~x]"
