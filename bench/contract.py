"""What the measured site tells whoever measures it, who runs without Django."""

from typing import TypedDict


class Facts(TypedDict):
    """`reports` are read over and over, and not changed; `unread` ones hardly twice."""

    session: str
    reports: list[int]
    unread: list[int]
    deep: str
    service: str
    words: dict[str, str]
    new_words: list[str]
    ticks: list[tuple[int, str]]
    sections: list[tuple[int, str, int, str, str]]
    open_items: int


class Exported(TypedDict):
    """Seconds, and by how many megabytes the export has raised the most in use."""

    raw: float
    backup: float
    markdown: float
    raised: float
