"""Which HTML tags a text may hold, and how one is recognised."""

import re

ALONE = {"br", "hr", "img", "wbr"}

BLOCKS = {"blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure"}
BLOCKS |= {"li", "ol", "p", "pre", "summary", "ul"}
BLOCKS |= {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}

PAIRED = BLOCKS | {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd"}
PAIRED |= {"mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub"}
PAIRED |= {"sup", "tt", "u", "var"}

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# The page decides which headings there are; typed ones only stand out.
INSTEAD = {**dict.fromkeys(HEADINGS, "strong"), "aside": "blockquote"}
TYPED = ALONE | PAIRED | INSTEAD.keys()

TAG = re.compile(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?P<attributes>(?:\s+[A-Za-z_:@][\w:.-]*"
    r"(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*)\s*/?>"
)
ATTRIBUTE = re.compile(
    r"([A-Za-z_:@][\w:.-]*)(?:\s*=\s*(?:([^\s\"'=<>`]+)|'([^']*)'|\"([^\"]*)\"))?"
)


def without_comments(typed: str) -> str:
    pieces: list[str] = []
    at = 0
    while (start := typed.find("<!--", at)) >= 0:
        end = typed.find("-->", start + len("<!--"))
        if end < 0:
            break
        pieces.append(typed[at:start])
        at = end + len("-->")
    return "".join([*pieces, typed[at:]])


def is_typed(name: str) -> bool:
    return name.lower() in TYPED
