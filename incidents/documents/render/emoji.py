"""`:tada:` as people write it in chat, as the sign that they mean."""

import functools
import re

from pymdownx import gemoji_db

_NAME = re.compile(r":([a-z0-9_+-]{1,50}):")


def named(text: str) -> str:
    """Put the sign for each known name; all other text stays as it is."""
    return _NAME.sub(_sign, text) if ":" in text else text


def _sign(match: re.Match[str]) -> str:
    return _signs().get(match[0], match[0])


@functools.cache
def _signs() -> dict[str, str]:
    signs = {
        name: "".join(chr(int(point, 16)) for point in entry["unicode"].split("-"))
        for name, entry in gemoji_db.emoji.items()
        if entry.get("unicode")
    }
    for alias, name in gemoji_db.aliases.items():
        if name in signs:
            signs[alias] = signs[name]
    return signs
