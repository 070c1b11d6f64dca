"""Severity words, brought to SEV1, SEV2 and so on where they are clear."""

import re

from incidents.documents.parse.headings import plain

CODE = re.compile(
    r"\b(?:sev(?:erity)?|s|p|prio(?:rity)?|level"
    r"|tier)\s*[-–—_:#/]?\s*([0-5])\b(?![.,]?\d)",
    re.I,
)
SEV = re.compile(r"\bsev(?:erity)?[\s_-]?([0-5])\b", re.I)
BARE = re.compile(r"^\W*([1-5])\W*(?:/\s*\d)?(?:$|[\s(–—-])")
WORDS = {
    plain(word): level
    for level, words in {
        "SEV1": "critical|highest|crit|blocker|emergency|kritisch|critica|critico"
        "|critique|urgente|致命的|重大|严重|致命|紧急|最高",
        "SEV2": "high|major|hoch|alta|alto|grave|haute|elevee|majeur|majeure|mayor|高",
        "SEV3": "medium|moderate|mittel|media|medio|moderada|moyenne|moderee|mediana"
        "|中",
        "SEV4": "low|lowest|minor|niedrig|gering|baja|bajo|baixa|faible|mineur|mineure"
        "|menor|低|轻微",
    }.items()
    for word in words.split("|")
}


def read_severity(value: str) -> str | None:
    """The severity that a labelled value states."""
    if match := CODE.search(value):
        return f"SEV{match[1]}"
    if match := BARE.match(value):
        return f"SEV{match[1]}"
    words = plain(re.sub(r"\(.*?\)", " ", value))
    first = words.split(" ")[0] if words else ""
    return WORDS.get(words) or WORDS.get(first)


def find_severity(text: str, *, alone: bool = False) -> str | None:
    """A severity code that stands in running text, such as "SEV-2"; a text that
    is nothing `alone` but a code may also be "P2"."""
    match = CODE.fullmatch(text) if alone else SEV.search(text)
    return f"SEV{match[1]}" if match else None
