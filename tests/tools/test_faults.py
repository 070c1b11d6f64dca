"""`make faults` itself: each verdict is one that can fail."""

import time
from random import Random

import pytest

from tools.browsing import Answer, Browser
from tools.faults import killed, load, outages, results, silent, writing
from tools.faults.contract import SiteContent

pytestmark = pytest.mark.once
MARK = "3f"
WELL = SiteContent(
    entries=["one"],
    bodies=["one"],
    events=["one"],
    notes=["one"],
    half=[],
    drift=[],
    waiting=0,
    sent={MARK: "published:1"},
    unsent=[],
)
QUICK = {"the listing": [0.02, 0.02], "publishing": [0.1, 0.1]}


class Sent(Browser):
    """A browser to which each page answers the same."""

    def __init__(self, status: int) -> None:
        super().__init__("http://127.0.0.1:1")
        self.answer = Answer(status, "", "")
        self.cookies = {"csrftoken": "known"}

    def ask(self, *asked: object) -> Answer:
        return self.answer


def writer(status: int = 302) -> writing.Writer:
    made = writing.Writer(Sent(status), "writer0", "1", "key", 1)
    made.entries, made.notes, made.body = ["one"], ["one"], "one"
    return made


def test_a_site_where_nobody_could_write_has_shown_nothing() -> None:
    with pytest.raises(writing.StuckError, match="Nobody could write"):
        writing.acknowledged([writer()])


@pytest.mark.parametrize("status", [200, 404, 422])
def test_a_save_that_was_not_taken_is_no_save(status: int) -> None:
    with pytest.raises(writing.StuckError, match=f"answered {status}"):
        writer(status).add_entry("one")


@pytest.mark.parametrize(
    "content",
    [
        {**WELL, "entries": []},
        {**WELL, "entries": ["one", "one"]},
        {**WELL, "events": []},
        {**WELL, "bodies": ["older"]},
        {**WELL, "notes": []},
    ],
)
def test_what_was_acknowledged_and_is_not_there_once_is_lost(
    content: SiteContent,
) -> None:
    assert not writing.lost([writer()], WELL)
    assert writing.lost([writer()], content)


@pytest.mark.parametrize(
    ("content", "arrived"),
    [
        (WELL, {}),
        (WELL, {MARK: 1, "another": 1}),
        (WELL, {MARK: 3}),
        ({**WELL, "waiting": 1}, {MARK: 1}),
        ({**WELL, "unsent": ["published:2 given up"]}, {MARK: 1}),
        ({**WELL, "sent": {}}, {}),
    ],
)
def test_a_delivery_that_is_lost_or_repeated_too_often_is_told(
    content: SiteContent, arrived: dict[str, int]
) -> None:
    twice = sum(arrived.values()) - len(arrived)
    assert not list(killed.deliveries(WELL, {MARK: 1}, 0, kills=1))
    assert list(killed.deliveries(content, arrived, twice, kills=1))


@pytest.mark.parametrize("status", [0, 302, 404, 500, 503])
def test_an_answer_other_than_the_page_is_amiss_under_load(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "LOOKING", (0.0, 0.01))
    reader = load.Reader(Sent(status), ["1"], Random(1))
    assert reader.live(time.monotonic() + 0.05).amiss[status]
    found = load.Reader(Sent(200), ["1"], Random(1)).live(time.monotonic() + 0.05)
    assert found.seconds
    assert not found.amiss


def test_one_sort_of_page_that_waits_does_not_hide_behind_the_others() -> None:
    waits = {**QUICK, "publishing": [10.0, 10.0]}
    assert not list(silent.held_up(QUICK, QUICK))
    assert list(silent.held_up(QUICK, waits)) == ["publishing took 100.00 × as long"]


@pytest.mark.parametrize(
    ("status", "text"), [(500, "words"), (503, "sorry"), (503, "words Traceback")]
)
def test_a_refusal_that_blames_or_forgets_is_unkind(status: int, text: str) -> None:
    assert not list(outages.complaints_about(Answer(507, "", "Your words"), "words"))
    assert list(outages.complaints_about(Answer(status, "", text), "words"))


@pytest.mark.parametrize(
    "failed",
    [
        results.Result("load", "sqlite", "once", lost=["an entry"]),
        results.Result("load", "sqlite", "once", half=["PM-1"]),
        results.Result("load", "sqlite", "once", wrong=["too slow"]),
        results.Result("load", "sqlite", "once", errors=1),
    ],
)
def test_anything_amiss_is_a_failure(failed: results.Result) -> None:
    assert results.Result("load", "sqlite", "once").held
    assert not failed.held
    assert "FAILED" in results.table([failed])
