"""One number says where a document stands: which side, since when, and of whom.

The index is read from the highest place down, so the newest come first and no sort
is needed, and a place tells its postmortem without a look at another table.
"""

import datetime as dt
from typing import Final

NUMBER_BITS: Final = 36
MINUTE_BITS: Final = 26
NUMBER_MASK: Final = (1 << NUMBER_BITS) - 1
LAST_MINUTE: Final = (1 << MINUTE_BITS) - 1
DRAFTS: Final = 1 << (NUMBER_BITS + MINUTE_BITS)
END: Final = 2 * DRAFTS - 1


def place_of(number: int, at: dt.datetime, *, is_draft: bool) -> int:
    """Times outside of 1970 to 2097 stand with the first and the last of these."""
    minute = min(max(int(at.timestamp()) // 60, 0), LAST_MINUTE)
    return (DRAFTS if is_draft else 0) | minute << NUMBER_BITS | number


def number_of(place: int) -> int:
    return place & NUMBER_MASK


def places(*, drafts: bool) -> tuple[int, int]:
    """The first and the last place of a side."""
    return (DRAFTS, END) if drafts else (0, DRAFTS - 1)
