"""A fence that a text opens at its end and never closes.

Where another text follows, a viewer would show all of it as code.
"""

import re

from markdown_it import MarkdownIt

_FENCE = re.compile(r"`{3}|~{3}")
# Wherever the parser ends a line.
_LINE_END = re.compile(r"\r\n?|\n")
_parser = MarkdownIt("commonmark")


def missing_close(text: str) -> str:
    """The line that closes what is still open where the text ends, or nothing."""
    if not _FENCE.search(text):
        return ""
    blocks = [token for token in _parser.parse(text) if token.level == 0]
    if not blocks or blocks[-1].type != "fence" or blocks[-1].map is None:
        return ""
    mark, (first, last) = blocks[-1].markup, blocks[-1].map
    closing = re.compile(rf" {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*")
    end = _LINE_END.split(text)[last - 1]
    closed = last - first > 1 and closing.fullmatch(end) is not None
    return "" if closed else mark
