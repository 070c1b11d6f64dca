"""The strip of an incident: to scale, complete, and never without a trace."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from incidents.charts.phases import THINNEST, shares, strip

START = dt.datetime(2026, 3, 2, 8, 15, tzinfo=dt.UTC)
NAMES = ("started", "detected", "mitigated", "resolved")

moments = st.lists(
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=400)), min_size=1, max_size=4
).map(lambda after: list(zip(NAMES, (START + t for t in sorted(after)), strict=False)))


def number(percent: str) -> float:
    assert percent.endswith("%")
    return float(percent[:-1])


@given(moments)
def test_phases_lie_side_by_side_and_fill_the_width(
    known: list[tuple[str, dt.datetime]],
) -> None:
    drawn = strip(known)
    if drawn is None:
        assert known[0][1] == known[-1][1]
        return
    x = 0.0
    for phase in drawn.phases:
        assert abs(number(phase.x) - x) < 0.01
        assert number(phase.width) > THINNEST / 2
        x += number(phase.width)
    assert abs(x - 100) < 0.01
    assert [mark.name for mark in drawn.marks] == [name for name, _ in known]
    assert sum((p.length for p in drawn.phases), dt.timedelta(0)) == drawn.length


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=4))
def test_the_longer_is_never_drawn_shorter(lengths: list[float]) -> None:
    widths = shares(lengths)
    assert [w for _, w in sorted(zip(lengths, widths, strict=True))] == sorted(widths)


def test_one_moment_makes_no_strip() -> None:
    assert strip([("started", START)]) is None
    assert strip([]) is None


def test_each_phase_says_what_it_was() -> None:
    hours = [START + n * dt.timedelta(hours=1) for n in range(4)]
    drawn = strip(list(zip(NAMES, hours, strict=True)))
    assert drawn
    assert [(phase.look, phase.name) for phase in drawn.phases] == [
        ("unnoticed", "unnoticed"),
        ("hurting", "until mitigated"),
        ("recovering", "recovering"),
    ]
    assert drawn.marks[-1].phase is None
    assert not any(mark.tell_day for mark in drawn.marks)


def test_a_strip_over_midnight_tells_each_day_once() -> None:
    after = (dt.timedelta(0), dt.timedelta(hours=1), dt.timedelta(days=1))
    drawn = strip([(name, START + t) for name, t in zip(NAMES, after, strict=False)])
    assert drawn
    assert [mark.tell_day for mark in drawn.marks] == [True, False, True]
