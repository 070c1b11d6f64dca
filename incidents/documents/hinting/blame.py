"""Blame, and wisdom after the event."""

import re
from collections.abc import Iterator
from typing import Final

from incidents.documents.hinting.prose import is_denied

ERROR: Final = re.compile(
    r"\b(?:human|operator|engineer|engineer['’]s|admin|administrator|developer"
    r"|individual|personal)[ -](?:error|mistake|failure)s?\b"
    r"|\b(?:carelessness|careless|negligence|negligent|incompetence)\b",
    re.I,
)
# A requirement has a thing after “should have”; a reproach has a deed.
REPROACH: Final = re.compile(
    r"\b(?:should(?:n['’]t| not)?|ought(?: not)? to)(?:['’]ve| have)"
    r"(?: (?:also|always|never|probably|certainly|really|already|at least))?"
    r" (?P<deed>[^\W\d_]+)(?P<rest>[^.\n]*)",
    re.I,
)
DEEDS: Final = frozenset(
    re.findall(
        r"\S+",
        """
    asked been begun brought called caught checked chosen come done escalated
    failed followed found given gone happened heard kept known led looked made
    noticed paged prevented put reacted read realised realized responded rolled
    run said seen sent spotted started stopped taken thought told triggered
    understood used verified waited warned worked written
    """,
    )
)
# After these words a deed was meant: “should have tested it”, “tested before”.
GOES_ON: Final = re.compile(
    r"\s*(?:$|[,;:)!?—–-]|(?:the|a|an|this|that|these|those|it|them|him|her|us|our"
    r"|their|its|his|by|in|at|on|to|for|from|with|before|after|earlier|sooner|first"
    r"|and|or|but|when|while|if|as|more|all|every|each|off|up|out|down|immediately"
    r"|automatically|much|long|then|there)\b)",
    re.I,
)


def human_error(text: str) -> Iterator[re.Match[str]]:
    return (match for match in ERROR.finditer(text) if not is_denied(match))


def should_have(text: str) -> Iterator[re.Match[str]]:
    return (match for match in REPROACH.finditer(text) if is_reproach(match))


def is_reproach(match: re.Match[str]) -> bool:
    deed = match["deed"].casefold()
    if deed in DEEDS:
        return True
    return deed.endswith("ed") and bool(GOES_ON.match(match["rest"]))
