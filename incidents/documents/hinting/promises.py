"""Promises whose keeping nobody could see."""

import re
from collections.abc import Iterator
from typing import Final

VAGUE: Final = re.compile(
    r"^\W*(?:(?:we (?:will|should|need to|must)|to|try to|please)\s+)?"
    r"(?P<verb>improve|investigate|look (?:in)?to|consider|explore|think about"
    r"|research|evaluate|raise awareness|increase awareness|be more careful"
    r"|pay (?:more )?attention|take (?:more )?care|revisit|strengthen|enhance"
    r"|optimi[sz]e|work on)\b(?P<rest>.*)",
    re.I | re.S,
)
# What tells everybody when it is done.
AN_END: Final = re.compile(
    r"\d|\b(?:so that|until|unless|within|below|under|above|at most|at least|no more"
    r"|fewer|less than|more than|from .+ to|by (?:adding|removing|replacing|moving"
    r"|turning|giving|setting|writing|using|switching|splitting|making|storing)"
    r"|to (?:page|alert|fail|stop|refuse|show|name|use|cover|include|say|require"
    r"|reject|warn)"
    r"|and (?:then )?(?:decide|write|report|document|publish|agree|fix|choose|propose"
    r"|list|present|tell|record|share|close|replace|remove|add|set|answer)"
    r"|with a (?:test|written|report|list|decision|proposal)"
    r"|decide|decision|report back|write[- ]up|every|each|twice|once|daily|weekly"
    r"|monthly)\b",
    re.I,
)


def vague(text: str) -> Iterator[re.Match[str]]:
    found = VAGUE.search(text)
    if found and not AN_END.search(found["rest"]):
        verb = re.compile(re.escape(found["verb"])).search(text)
        assert verb is not None
        yield verb
