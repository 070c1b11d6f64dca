"""The pictures in their order, by the names of their files."""

from collections.abc import Callable
from typing import Final

from incidents.insights.causes import companions, detection, factors, readership
from incidents.insights.figures import Figure
from incidents.insights.incidents import by_month
from incidents.insights.lengths import durations, publishing
from incidents.insights.promises import ages, closing, kinds
from incidents.insights.question import Question

Draw = Callable[[Question], Figure]

FIGURES: Final[dict[str, Draw]] = {
    "incidents": by_month,
    "durations": durations,
    "factors": factors,
    "detection": detection,
    "closing": closing,
    "ages": ages,
    "kinds": kinds,
    "publishing": publishing,
    "readership": readership,
}
# On the page of one service, tag or kind of factor.
ABOUT_ONE: Final[dict[str, Draw]] = {
    "incidents": by_month,
    "durations": durations,
    "companions": companions,
    "closing": closing,
}
