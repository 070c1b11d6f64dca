"""How long to wait after each failure, and when to give up."""

import datetime as dt
from typing import Final

MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)

# Two days in all: a mail server that went down on a Friday evening is back by then
# or needs a person, who finds the rest in the list of what was given up.
PAUSES: Final = (
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR,
)
MOST_ATTEMPTS: Final = len(PAUSES) + 1

# Longer than any attempt takes. A worker that dies leaves its delivery this long.
LEASE: Final = 10 * MINUTE


def pause_after(attempts: int) -> dt.timedelta | None:
    """The rest after so many attempts have failed; None if that was the last one."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
