"""What the site tells of itself, as both sides know it."""

from typing import TypedDict

PASSWORD = "a lift of seven storeys"


class SiteContent(TypedDict):
    """What the site holds: texts by where they stand, and what does not agree."""

    entries: list[str]
    bodies: list[str]
    events: list[str]
    notes: list[str]
    half: list[str]
    drift: list[str]
    waiting: int
    sent: dict[str, str]
    unsent: list[str]
