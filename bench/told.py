"""What the measured site tells whoever measures it, who runs without Django."""

from typing import TypedDict


class Facts(TypedDict):
    """`untouched` are those of the reports that no action changes."""

    session: str
    reports: list[int]
    untouched: list[int]
    deep: str
    service: str
    words: dict[str, str]
    ticks: list[tuple[int, str]]
    sections: list[tuple[int, str, int, str, str]]
    open_items: int


class Exported(TypedDict):
    """Seconds, and by how many megabytes the export has raised the most in use."""

    raw: float
    backup: float
    markdown: float
    raised: float
