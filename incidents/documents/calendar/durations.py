"""How long something took, in few signs that line up under each other."""

import datetime as dt

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


def in_words(length: dt.timedelta) -> str:
    """“45 s”, “42 min”, “3 h 00”, “2 d 4 h”, “2 d”; whole minutes once there is one."""
    seconds = int(abs(length).total_seconds())
    if seconds < MINUTE:
        return f"{seconds} s"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    if seconds < DAY:
        return f"{seconds // HOUR} h {seconds % HOUR // MINUTE:02}"
    days, hours = seconds // DAY, seconds % DAY // HOUR
    return f"{days} d {hours} h" if hours else f"{days} d"


def since(start: dt.datetime, at: dt.datetime) -> str:
    """Where a moment lies beside the start: “start”, “+25 min”, “−5 min”."""
    if at == start:
        return "start"
    return ("+" if at > start else "−") + in_words(at - start)
