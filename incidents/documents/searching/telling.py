"""The words that may tell what a postmortem is about, before it is known how rare.

Words that any English text or any postmortem has are left out by name: where few
reports stand, a count cannot tell yet that they say nothing.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

from incidents.documents.searching.pieces import Field, Piece
from incidents.documents.searching.words import is_sign, stemmed, words

SHORTEST: Final = 3
# What a word counts for by where it stands. Names are compared as names.
WEIGHTS: Final[Mapping[str, float]] = {
    Field.TITLE: 3.0,
    Field.SUMMARY: 2.0,
    Field.BODY: 1.0,
}
# What the page calls a piece says nothing about the incident.
HEADING: Final = "Heading"
_COMMON: Final = """
a about above across after again against all almost alone along already also although
always am among an and another any anybody anyone anything are aren't around as at
away back be became because become been before began begin behind being below between
both but by came can can't cannot come could couldn't did didn't different do does
doesn't doing don't done down during each either else enough even ever every everybody
everyone everything except few finally find first for found four from full further gave
get give given go goes going gone got had half has have having he her here him himself
his how however i if in instead into is isn't it its itself just keep kept kind knew
know known large last late later least left less let like little long longer look
looked lot made make makes making many may me might more most much must my near nearly
need needed never new next no nobody none nor not nothing now of off often old on once
one only onto or other others our out over own part people perhaps put quite rather
really right said same saw say second see seen self several shall she short should
shouldn't show showed shown side since small so some somebody something soon still such
take taken ten than that the their them then there these they thing things this those
though three through thus time to today together told too took toward turn turned twice
two under until up upon us use used using usual usually very was wasn't way we week well
went were weren't what when where whether which while who whole whom whose why will with
within without won't would wouldn't yesterday yet you your
action affect affected alert alerted alarm began broke caused cause causes change
changed check checked complain complained customer customers day days detect detected
engineer engineers error errors event fail failed failing failure failures fix fixed
fixing happen happened hour hours impact impacted incident incidents issue issues item
learn learned lesson lessons meanwhile minute minutes mitigate mitigated month monitor
monitoring morning night noticed outage page paged people postmortem prevent problem
problems production recover recovered recovery report reported request requests resolve
resolved restart restarted root rolled rollback run running second seconds service
services set site start started state step stop stopped summary system team timeline
trouble user users version wait waited waiting wrong work worked working
monday tuesday wednesday thursday friday saturday sunday january february march april
june july august september october november december utc
"""


class TellingTerm(NamedTuple):
    """How much a text makes of a term, and how it spells it."""

    weight: float
    spelling: str


def telling_terms(pieces: Iterable[Piece], *, most: int) -> dict[str, TellingTerm]:
    """The terms that a postmortem makes most of, the most first."""
    found: dict[str, float] = defaultdict(float)
    spelt: dict[str, str] = {}
    for piece in pieces:
        weight = 0.0 if piece.label == HEADING else WEIGHTS.get(piece.field, 0.0)
        for word in words(piece.text) if weight else ():
            if may_tell(word.term):
                found[word.term] += weight
                spelt.setdefault(word.term, piece.text[word.start : word.end].lower())
    # Among equals a long word is likelier to be a rare one.
    likely = sorted(found, key=lambda term: (-found[term], -len(term), term))
    return {
        term: TellingTerm(1 + math.log(found[term]), spelt[term])
        for term in likely[:most]
    }


def may_tell(term: str) -> bool:
    if is_sign(term):
        return len(term) > 1
    return len(term) >= SHORTEST and term.isalpha() and term not in common()


def likeness(
    telling: Mapping[str, float], says: Collection[str], *, least: int
) -> float:
    """How much of what tells about one text the other one says, from 0 to 1.

    One word in common may be chance; each further one makes it less likely. Where
    fewer than `least` words tell about it, all of them together are not all.
    """
    shared = [weight for term, weight in telling.items() if term in says]
    if not shared:
        return 0.0
    whole = sum(telling.values()) * max(1.0, least / len(telling))
    return sum(shared) / whole * len(shared) / (len(shared) + 1)


@cache
def common() -> frozenset[str]:
    """Made when it is wanted: with it, all that stems words is loaded."""
    return frozenset(map(stemmed, _COMMON.split()))
