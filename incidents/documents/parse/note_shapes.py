"""The shapes of notes behind an action item, beside it and before it."""

import re
from collections.abc import Iterator

from incidents.documents.parse.annotations import (
    DUE,
    KIND,
    NUMBERED,
    OWNER,
    PRIORITY,
    STATUS,
    TICKET,
)

LABELS = f"{OWNER}|{DUE}|{STATUS}|{PRIORITY}|{TICKET}|{KIND}"
BY = (
    r"due|by|before|until|no later than|bis(?: zum)?|f[äa]llig|hasta(?: el)?|antes del?"
    r"|avant(?: le)?|pour le|d['’]ici(?: le)?|até"
)
NOTES = re.compile(
    r"(?P<lead>\s*(?:\\?[-–—→|;,]\s*|/\s+)?)(?P<bold>\*\*|\*|_)?(?P<open>[(\[（]?)"
    rf"(?P<body>(?:\*\*|_)?(?:(?<!\w)(?:{LABELS}|{BY})(?![a-zà-ÿ])"
    r"|(?<![\w.])(?<!\bcc )@\w"
    r"|(?<=[(\[（])\w)"
    r"[^()\[\]（）\n]*)"
    r"(?P<close>[)\]）]?)(?(bold)(?:(?P=bold))?)\s*\.?\s*$",
    re.I,
)
FIELD = re.compile(
    rf"^\s*(?:\*\*|__|\*|_)?(?:(?P<owner>{OWNER})|(?P<due>{DUE})|(?P<state>{STATUS})"
    rf"|(?P<priority>{PRIORITY})|(?P<kind>{KIND})|(?P<ticket>{TICKET}))"
    r"\s*(?:\*\*|__|\*|_)?\s*(?P<colon>[:：=])?\s*(?:\*\*|__|\*|_)?\s*"
    r"(?P<value>.*?)\s*(?:\*\*|__|\*|_)?\s*$",
    re.I,
)
# What stands between two notes; a comma before a year belongs to its date.
PART = re.compile(
    rf"(?:@{NUMBERED}|(?!\s\\?[–—→/-]\s|\.\s+(?:{LABELS})\s*[:：])[^,;|·、，／])+(?:,\s*\d{{4}}(?![\d-]))?",
    re.I,
)
BY_DAY = re.compile(rf"(?:{BY})\s+(?P<when>.+)$", re.I)
CAPITAL = r"[A-ZÀ-ÞĀ-Ž][\w'’-]*"
NAME = (
    rf"(?:[A-Z]\.\s?){{1,3}}(?:{CAPITAL})?|(?:team )?{CAPITAL}(?: {CAPITAL}){{0,2}}"
    rf"(?: [Tt]eam)?"
)
# In a chat or a quick note, names have no capitals.
HANDLE = r"[a-z][\w.-]{1,20}"
# "(Dana)", "– Dana" or "-> Dana" behind everything else.
LAST_NAME = re.compile(
    rf"\s*(?:[(（\[](?P<inside>{NAME}|{HANDLE})[)）\]]"
    rf"|(?:\s\\?[–—-]\s|\t)(?:\*\*)?(?P<behind>{NAME}|{HANDLE})(?:\*\*)?"
    rf"|\s(?:->|=>|→)\s(?P<given>{NAME})"
    r"|(?:\s\\?[–—-])?\s\[~(?P<mention>[\w.@-]+)\])\s*$"
)
# The groups of a name that cannot be anything else.
GIVEN = ("given", "mention")
# "P1" and "CDN-88" begin with capitals, and are nobody.
SURE_NAME = re.compile(rf"(?!.*\d)(?:{NAME})")
# The last stop of "30.11." belongs to the day.
DOTTED_DAY = re.compile(r"\d\.\d{1,2}\.$")
# "— 15/07/2025" behind everything else.
LAST_DAY = re.compile(
    r"(?:\s+\\?[–—→-]\s|\s\.{3,}\s|\s{3,}|\t|,\s+(?=\S*\d{4}))"
    r"(?P<when>(?:(?!\s\\?-\s|\s{3})[^()\[\]–—→\t\n]){6,40})$"
)
# "**P1** ", "[P2] " or "Prevent: " before everything else.
LABEL = re.compile(
    r"(?:(?P<open>\*\*|__|\[|\()(?=P[0-4]\W)|\*\*|__)?"
    r"(?P<word>P[0-4]|prevent(?:ion)?|detect(?:ion)?|mitigat(?:e|ion)|process)"
    r"(?P<colon>[:：])?[*_\])]*(?(colon)|(?(open)[:：]?|[:：]))\s+(?=\S)",
    re.I,
)
BREAK = re.compile(r"(?:\s?<br\s*/?>)+\s*$", re.I)
MOST_NOTES, MOST_ENDINGS = 4, 8
BULLET = re.compile(r"^\s*(?:[-*+]\s+)?")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# "– [OPS-9](https://…)", "([OPS-9](https://…))" or only the link, behind the rest.
LAST_LINK = re.compile(
    r"(?:\s+\\?[–—-]\s*|\s*\(|\s+(?=\[(?:[A-Z][A-Z0-9_]*-|#)\d+\]))\[(?P<words>[^\[\]]{1,40})\]\((?P<url>https?://[^()\s]+)\)"
    r"\)?\s*$"
)
LONGEST_NAME, LONGEST_NOTES = 100, 400


def endings(text: str) -> Iterator[re.Match[str]]:
    """Every stretch at the end of a text that may be notes, the longest first."""
    at = max(0, len(text) - LONGEST_NOTES)
    for _ in range(MOST_ENDINGS):
        match = NOTES.search(text, at)
        if match is None:
            return
        paired = bool(match["open"]) == bool(match["close"])
        if paired and text[: match.start()].strip():
            yield match
        at = match.start("body") + 1
