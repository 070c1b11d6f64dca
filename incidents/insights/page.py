"""The pictures of the page, in their order, by the names of their files."""

from collections.abc import Callable
from typing import Final

from incidents.insights.figures import Figure
from incidents.insights.incidents import by_month
from incidents.insights.question import Question

FIGURES: Final[dict[str, Callable[[Question], Figure]]] = {
    "incidents": by_month,
}
