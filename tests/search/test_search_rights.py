"""Nobody learns by searching what they may not see, nor what waits to be published."""

import pytest

from incidents.models import User
from tests.search.corpus import count, page, save_reports

pytestmark = pytest.mark.django_db

People = dict[str, User]


@pytest.fixture(scope="module")
def people(lasting: None) -> People:
    return save_reports()


@pytest.mark.parametrize(
    "text",
    ["xylophone", "xylopho", "xylo*", "xylophome", "leak", '"xylophone leak"',
     "PM-12", "xylophone after:2025-01", "-redis leak", "quixotic", "quixotik"],
)  # fmt: skip
def test_a_restricted_report_and_a_draft_leave_no_trace_for_others(
    people: People, text: str
) -> None:
    html = page(people["remy"], q=text)
    told = html.replace(f'value="{text}"', "").replace(f"<b>{text}</b>", "").lower()
    for hidden in ("xylophones", "the xylophone leak", "quixotic draft"):
        assert hidden not in told
    assert "did you mean" not in told
    assert "also in" not in told
    assert "match" not in told or "0 reports match" in told


def test_a_restricted_report_is_in_no_number(people: People) -> None:
    assert count(people["rita"], "xylophone") == 1
    assert count(people["remy"], "customers") == 0
    assert count(people["rita"], "customers") == 1


def test_a_misspelt_word_is_mended_for_those_who_may_see_the_right_one(
    people: People,
) -> None:
    assert "<b>xylophone</b>" in page(people["rita"], q="xylophome")
    assert "<b>xylophone</b></a>" not in page(people["remy"], q="xylophome")
    assert "<b>certificate</b>" in page(people["remy"], q="certifcate")


def test_writers_find_drafts_and_readers_do_not(people: People) -> None:
    assert "Also in 1 draft" in page(people["ada"], q="quixotic")
    assert count(people["ada"], "quixotic", **{"is": "draft"}) == 1
    assert count(people["remy"], "quixotic", **{"is": "draft"}) == 0
    assert "#section-" in page(people["ada"], q="quixotic is:draft")
