"""Texts that nobody types by accident cost little, however they are built.

The bounds are several times what was measured, for busy machines; without its
guards the renderer would take minutes, not a little longer.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from incidents.documents.render import MAX_CHARACTERS, render
from tests.documents.render.page_reader import Page

SIGNS = """
[ ![ [a]( ![a]( [![ [] () ]( [a][ [^a] < <a <!-- <? <![CDATA[ <a/> <b> </p> <p> <td>
<table> <a/href=" & &# &amp; &lt | |a * *a **a a* a**b *_ ** *** _ ~ ~~ ~~a ` `a`` ```
\\ # > - 1. a a. ( : :: :a :// https:// https://a http://a) a@b. <https://a>
$ = " ' 漢 😀 [a](b) ![a](b) [a](< **a** a**
"""
REPEATED = SIGNS.split()
LINES = ["> ", "- ", "1. ", "- [ ] ", "> - ", "* a _b ", "# a ", "<a ", "    ", "\t"]
LINES += ["> [!NOTE]\n", "!!! note\n", "[a]: b\n", "[^a]: x\n", "- \n  ", "x\n===\n"]
LINES += ["# a\n", "- a\n", "1. a\n", "|-|\n", "|a|b|\n|-|-|\n", "```\n", "a\n\n", "\n"]
LINES += ["<b>\n\n", "<details>\n\n", "<b title=1>\n\n", "1. a\n  - b\n", "\\\n", "\0"]


def deep_list(size: int) -> str:
    return "\n".join(" " * (2 * depth) + "- a" for depth in range(int(size**0.5)))


def deep_quote(size: int) -> str:
    return "\n".join(">" * depth + " a" for depth in range(int((2 * size) ** 0.5)))


def deep_boxes(size: int) -> str:
    depths = range(int((size / 2) ** 0.5))
    return "\n".join("    " * depth + "!!! note" for depth in depths)


def chained_notes(size: int) -> str:
    return "".join(f"[^{n}]: x [^{n + 1}]\n" for n in range(size // 14))


def nested_notes(size: int) -> str:
    return "".join(f"[^{n}]: " for n in range(size // 8))


def wide_table(size: int) -> str:
    columns = size // 8
    return "|a" * columns + "|\n" + "|-" * columns + "|\n" + "|\n" * (size // 4)


def ragged_tables(size: int) -> str:
    table = "|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "|\n" * 100 + "\n"
    return table * (size // len(table) + 1)


def one_long_address(size: int) -> str:
    return "[a]: /" + "u" * (size // 2) + "\n\n" + "[a]" * (size // 6)


def ever_longer_ticks(size: int) -> str:
    return "".join("`" * n + " " for n in range(int((2 * size) ** 0.5)))


def open_bold_before_paragraphs(size: int) -> str:
    opened = "".join(f"<b title={n}>" for n in range(size // 28))
    return opened + "\n\na" * (size // 6)


Build = Callable[[int], str]

BUILT: list[Build] = [
    deep_list,
    deep_quote,
    deep_boxes,
    chained_notes,
    nested_notes,
    wide_table,
    ragged_tables,
    one_long_address,
    ever_longer_ticks,
    open_bold_before_paragraphs,
]


def seconds(source: str) -> float:
    started = time.process_time()
    render(source, prefix="s1")
    return time.process_time() - started


@pytest.mark.parametrize("piece", REPEATED + LINES)
def test_ten_thousand_characters_of_one_sign_render_at_once(piece: str) -> None:
    assert seconds((piece * 10_000)[:10_000]) < 0.5


@pytest.mark.parametrize("build", BUILT)
def test_ten_thousand_characters_built_to_hurt_render_at_once(build: Build) -> None:
    assert seconds(build(10_000)[:10_000]) < 0.5


def assert_bounded(source: str) -> None:
    started = time.process_time()
    rendered = render(source[:MAX_CHARACTERS])
    assert time.process_time() - started < 5
    assert len(rendered.html) < 40 * MAX_CHARACTERS


@pytest.mark.parametrize("piece", ["[", "![", "[a](", ">", "`", "- a\n", "|", "<b>"])
def test_the_longest_text_of_one_sign_ends_in_bounds(piece: str) -> None:
    assert_bounded(piece * MAX_CHARACTERS)


@pytest.mark.parametrize("build", BUILT)
def test_the_longest_text_built_to_hurt_ends_in_bounds(build: Build) -> None:
    assert_bounded(build(MAX_CHARACTERS))


def test_a_long_report_of_the_usual_kind_renders_quickly() -> None:
    part = "## Part\n\nWe **saw** `errors` on [db-1](/x).\n\n- a\n  - b\n\n> quoted\n\n"
    assert seconds(part * 130) < 0.5


def deep_in_calls(calls: int, source: str) -> str:
    return deep_in_calls(calls - 1, source) if calls else render(source).html


def test_the_deepest_text_leaves_the_stack_to_those_who_ask_for_it() -> None:
    nested = "*a **b " * 39 + "c" + "** d* " * 39
    deepest = "> " * 19 + "[" * 11 + nested + "](/x)" * 11
    assert "<em>" in deep_in_calls(350, deepest)


@pytest.mark.parametrize("piece", ["[", "(", "*a ", "<b "])
def test_a_paragraph_with_too_many_open_marks_is_shown_as_typed(piece: str) -> None:
    html = render(piece * 300 + "and `the end`").html
    assert Page(html).tags() == ["p"]
    assert "and `the end`" in html


def test_a_text_of_too_many_blocks_is_shown_as_typed() -> None:
    html = render("- **a**\n" * 20_000).html
    assert Page(html).tags() == ["pre", "code"]
    assert html.count("- **a**") == 20_000


def test_two_threads_do_not_mix_their_texts() -> None:
    texts = [f"# Part {number}\n\n`x{number}`\n\n" * 20 for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, texts)) == list(map(render, texts))
