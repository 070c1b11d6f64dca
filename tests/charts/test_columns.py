"""Columns of stacked boxes: to scale, inside the picture, under a round number."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.charts.columns import FLOOR, HEIGHT, TOP, WIDTH, columns, step_for

numbers = st.integers(1, 4).flatmap(
    lambda sorts: st.lists(
        st.lists(st.integers(0, 5_000), min_size=sorts, max_size=sorts), max_size=60
    )
)


@given(numbers)
def test_boxes_stand_on_each_other_as_high_as_their_numbers(
    numbers: list[list[int]],
) -> None:
    drawn = columns(numbers)
    assert sum(box.number for box in drawn.boxes) == sum(map(sum, numbers))
    top = drawn.lines[-1].number
    feet = dict.fromkeys(range(len(numbers)), float(FLOOR))
    for box in drawn.boxes:
        assert box.number == numbers[box.column][box.sort] > 0
        height = float(box.height)
        assert abs(height - box.number * (FLOOR - TOP) / top) < 0.01
        assert abs(float(box.y) + height - feet[box.column]) < 0.1
        feet[box.column] = float(box.y)
        assert 0 < float(box.x) < float(box.x) + float(box.width) < WIDTH
        assert TOP - 0.1 <= float(box.y) < HEIGHT


@given(numbers)
def test_the_newest_month_has_a_label_and_none_stand_on_another(
    numbers: list[list[int]],
) -> None:
    labels = columns(numbers).labels
    assert bool(labels) == bool(numbers)
    if labels:
        assert labels[-1].column == len(numbers) - 1
    places = [float(label.x) for label in labels]
    assert all(b - a > 30 for a, b in pairwise(places))


@pytest.mark.parametrize(
    ("highest", "step"), [(0, 1), (4, 1), (5, 2), (9, 5), (30, 10), (4_001, 2_000)]
)
def test_lines_are_drawn_at_round_numbers(highest: int, step: int) -> None:
    assert step_for(highest) == step
