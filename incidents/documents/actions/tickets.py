"""Which tracker an address leads to, and the key of the ticket there."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Ticket:
    """`name` is what a link says: “Jira OPS-12”, “GitHub acme/web#7”, a host."""

    tracker: str
    key: str = ""

    @property
    def name(self) -> str:
        return f"{self.tracker} {self.key}".strip()


_KEY: Final = r"(?P<key>[A-Z][A-Z0-9_]{0,19}-\d{1,9})"
_NUMBER: Final = r"(?P<number>\d{1,9})"
_PROJECT: Final = r"/(?P<project>[\w.-]+(?:/[\w.-]+){%s})"
# Tracker, what its host looks like, what the path of a ticket looks like.
_TRACKERS: Final = (
    ("GitHub", r"(^|\.)github\.", _PROJECT % 1 + rf"/(?:issues|pull)/{_NUMBER}"),
    (
        "GitLab",
        r"(^|\.)gitlab\.",
        _PROJECT % "1,9" + rf"/-/(?:issues|merge_requests|work_items)/{_NUMBER}",
    ),
    ("Linear", r"^linear\.app$", rf"/[\w-]+/issue/{_KEY}(?:/|$)"),
    # A Jira of one's own may have any name; its paths give it away.
    ("Jira", r"", rf"(?:/[\w-]+)?/browse/{_KEY}(?:/|$)"),
)


def ticket(address: str) -> Ticket | None:
    """What an address names; None for what is no address of a web page."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    for tracker, host_pattern, path in _TRACKERS:
        found = re.search(host_pattern, host) and re.match(path, parts.path)
        if found:
            return Ticket(tracker, _key_in(found))
    last = re.search(rf"/{_KEY}/?$", parts.path)
    return Ticket(host, last["key"] if last else "")


def _key_in(found: re.Match[str]) -> str:
    named = found.groupdict()
    return named.get("key") or f"{named['project']}#{named['number']}"
