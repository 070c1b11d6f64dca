"""The line breaks within a paragraph, which only its source shows."""

from typing import Final

from markdown_it import MarkdownIt

_PARSER: Final = (
    MarkdownIt("commonmark", {"maxNesting": 20}).enable("table").disable("inline")
)
# After these a break is meant.
_MEANT: Final = ("  ", "\\")
# What a line begins with where its paragraph stands in a list or a quote.
_INDENT: Final = " \t>"


def unwrapped(text: str) -> str:
    """The text with each paragraph in one line; other breaks stay as they are."""
    if "\n" not in text:
        return text
    before, *rest = text.split("\n")
    within = _lines_within_paragraphs(text)
    read = [before]
    for number, line in enumerate(rest, start=1):
        soft = number in within and not before.endswith(_MEANT)
        read.append(f" {line.lstrip(_INDENT)}" if soft else f"\n{line}")
        before = line
    return "".join(read)


def _lines_within_paragraphs(text: str) -> set[int]:
    """The numbers of the lines that go on with a paragraph, counted from 0."""
    return {
        number
        for token in _PARSER.parse(text)
        if token.type == "paragraph_open" and token.map
        for number in range(token.map[0] + 1, token.map[1])
    }
