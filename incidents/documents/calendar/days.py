"""How this site writes a day."""

import datetime as dt


def day_in_words(day: dt.date) -> str:
    """“18 Aug 2024”. A moment must have been put in its zone before."""
    return f"{day:%-d %b %Y}"
