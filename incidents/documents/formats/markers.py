"""The marks of our own Markdown, shared by its writer and its reader.

Comments that no viewer shows tell the parts apart, so that a text may hold
anything at all: headings, fences that never close, lines that look like marks.
"""

import json
import re

FORMAT = 1
FORMAT_KEY = "postmortem"
UNKNOWN = "time unknown"
FACTS = "<!-- facts -->"
# Below a line that closes what the text itself left open.
CLOSED = "<!-- fence closed -->"

_OURS = r"(?:section|timeline|actions|factors|facts|fence)\b"
_MARK = re.compile(rf"^<!-- (\\*)(?={_OURS})")
_ESCAPED = re.compile(rf"^<!-- \\(?=\\*{_OURS})")
_OPENS_BLOCK = re.compile(r"\s|$|[-*+>#|`~=:<]|\d+[.)]|\[")


def escape(line: str) -> str:
    """A line of somebody's text, so that it is not taken for a mark."""
    return _MARK.sub(r"<!-- \1\\", line)


def unescape(line: str) -> str:
    return _ESCAPED.sub("<!-- ", line)


def quote(value: object) -> str:
    """JSON that can stand in a comment and in one line."""
    text = json.dumps(value, ensure_ascii=True)
    return text.replace("-", "\\u002d") if "--" in text or "->" in text else text


def in_one_line(text: str) -> bool:
    """Whether a text can stand as it is behind a label or a heading's mark."""
    return bool(text) and text == text.strip() and text.isprintable() and text[0] != '"'


def opens_block(line: str) -> bool:
    """Whether a first line would be read as more than words behind a bullet."""
    return _OPENS_BLOCK.match(line) is not None
