"""The bullets of a text: what could become action items."""

from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark")


def bullets(source: str) -> tuple[str, ...]:
    """The text of each item of the outermost lists, without what is nested in it."""
    lines = source.split("\n")
    found = []
    for token in _READER.parse(source):
        if token.type == "inline" and token.level == 3 and token.map:
            start, end = token.map
            found.append(_unmarked(lines[start:end]))
    return tuple(text for text in found if text)


def _unmarked(lines: list[str]) -> str:
    first = lines[0].lstrip().lstrip("-*+0123456789.)").strip()
    for box in ("[ ] ", "[x] ", "[X] "):
        first = first.removeprefix(box)
    return "\n".join([first, *(line.strip() for line in lines[1:])]).strip()
