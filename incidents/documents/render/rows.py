"""Rows that people type as plain lines: labels, clocks, bullets of other programs.

The standard would run them together: "Owner: Sam Status: final Date: 9 April".
"""

import re

_ROW = re.compile(
    r"(?:(?:\*\*|__|\*|_)?[^\W\d_][^\n:*_`<>]{0,40}"
    r"(?::(?:\*\*|__|\*|_)|(?:\*\*|__|\*|_)?:)[ \t]+\S"
    r"|[•◦▪●○■‣⁃∙][ \t]"
    r"|[\[(]?\d{1,2}:\d\d(?!\d))"
)
_FEWEST = 2


def parted(paragraph: str) -> str:
    """The paragraph with a line break before each row, if it has rows."""
    lines = paragraph.split("\n")
    rows = [_ROW.match(line.lstrip()) is not None for line in lines]
    if sum(rows) < _FEWEST:
        return paragraph
    ended = [
        line if not following or line.endswith(("  ", "\\")) else f"{line.rstrip()}  "
        for line, following in zip(lines, [*rows[1:], False], strict=True)
    ]
    return "\n".join(ended)
