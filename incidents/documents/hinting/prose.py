"""A text as somebody says it: without code, quotations and addresses."""

import re
import unicodedata
from typing import Final

FENCE: Final = re.compile(r"^(```+|~~~+).*?(^\1[`~]*[ \t]*$|\Z)", re.M | re.S)
INDENTED: Final = re.compile(r"^(?: {4}|\t).*$", re.M)
QUOTED: Final = re.compile(r"^[ \t]*>.*$", re.M)
CODE: Final = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
ADDRESS: Final = re.compile(r"\]\([^)\n]*\)|https?://\S+|<[^>\n]{1,200}>")
MARKS: Final = re.compile(r"[*_~#]+|^\s*[-+]\s", re.M)
# Words that somebody else said, or that a message showed.
SAID: Final = re.compile(r"“[^”\n]{0,200}”|„[^“”\n]{0,200}[“”]|«[^»\n]{0,200}»")
END: Final = re.compile(r"[.!?。！？]\s|\n\s*\n")
GAP: Final = re.compile(r"[ \t]{2,}")
BLANK: Final = " … "


def prose(source: str) -> str:
    text = unicodedata.normalize("NFC", source)
    for pattern in (FENCE, INDENTED, QUOTED):
        text = pattern.sub("\n", text)
    text = ADDRESS.sub(" ", CODE.sub(BLANK, text))
    return GAP.sub(" ", MARKS.sub(" ", SAID.sub(BLANK, text)))


def sentence_at(text: str, match: re.Match[str]) -> str:
    """The sentence around a place, on one line."""
    starts = [end.end() for end in END.finditer(text, 0, match.start())]
    after = END.search(text, match.end())
    told = text[starts[-1] if starts else 0 : after.start() + 1 if after else None]
    return " ".join(told.split())


def words_before(match: re.Match[str], count: int) -> list[str]:
    """The last words of the same sentence before a place, in small letters."""
    start = match.string[: match.start()]
    cut = [end.end() for end in END.finditer(start)]
    said = start[cut[-1] if cut else 0 :]
    return re.findall(r"[\w’']+", said.casefold())[-count:]


NOT: Final = frozenset(
    re.findall(
        r"\S+",
        """
    avoid avoided blame blaming call called calling hardly instead isn't isn’t
    neither never no nobody nor not nothing rather than wasn't wasn’t without
    """,
    )
)


# “Human error was not the cause”, “a full outage was avoided”.
NOT_SO: Final = re.compile(
    r"\s+(?:is|was|were|has been|had been)"
    r"(?:n['’]t|\s+(?:not|never|neither|avoided|averted|prevented))\b",
    re.I,
)


def is_denied(match: re.Match[str]) -> bool:
    """Whether the words just before, or just after, say that it was not so."""
    before = any(word in NOT for word in words_before(match, 4))
    return before or bool(NOT_SO.match(match.string, match.end()))
