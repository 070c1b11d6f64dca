"""What was done, in words that anybody understands."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.showing.deeds import deed

texts = st.dictionaries(st.sampled_from(["title", "text", "state"]), st.text())


@given(st.text(), st.none() | texts, st.none() | texts)
def test_any_event_at_all_has_words(
    what: str, before: dict[str, str] | None, after: dict[str, str] | None
) -> None:
    assert deed(what, before, after) or not what


@pytest.mark.parametrize(
    ("what", "before", "after", "words"),
    [
        ("created", None, None, "began the postmortem"),
        ("asked_for_review", None, None, "asked for a review"),
        (
            "asked_for_review",
            {},
            {"reviewers": ["Ada", "Bo"]},
            "asked Ada, Bo for a review",
        ),
        ("approved", None, {"word": ""}, "approved it as it stood"),
        ("changes_asked", None, {"word": "More."}, "asked for changes: “More.”"),
        ("back_to_draft", None, None, "took it back to draft"),
        ("commented", None, {"about": ""}, "commented on the whole"),
        ("replied", None, {"about": "Impact"}, "answered a comment on “Impact”"),
        ("comment_resolved", None, {}, "resolved a comment on the whole"),
        ("comment_reopened", None, {}, "reopened a comment on the whole"),
        (
            "action snoozed",
            {},
            {"text": "Buy fuses", "until": "2026-03-09", "why": "Parts"},
            "snoozed the action item “Buy fuses” until 2026-03-09: “Parts”",
        ),
        (
            "action woken",
            {},
            {"text": "Buy fuses"},
            "ended the snooze of the action item “Buy fuses”",
        ),
        ("withdrawn", None, {"reason": "Old."}, "withdrew the report: “Old.”"),
        ("reinstated", None, {}, "restored the report"),
        ("published", None, {"version": 2}, "published version 2"),
        ("access changed", {}, {}, "changed who may see it"),
        ("picture added", None, {"name": "a.png"}, "added the picture “a.png”"),
        (
            "section changed",
            {"title": "Impact", "body": "a"},
            {"title": "Impact", "body": "b"},
            "changed the section “Impact”",
        ),
        (
            "section changed",
            {"title": "Impact"},
            {"title": "Harm"},
            "renamed the section “Impact” to “Harm”",
        ),
        (
            "entry removed",
            {"text": "It\nrang."},
            None,
            "removed the timeline entry “It rang.”",
        ),
        (
            "action changed",
            {"text": "Oil it", "state": "open"},
            {"text": "Oil it", "state": "done"},
            "ticked the action item “Oil it” as done",
        ),
        (
            "facts changed",
            {"title": "a", "severity": "SEV1", "timezone": "UTC"},
            {"title": "b", "severity": "SEV2", "timezone": "Europe/Rome"},
            "changed the title, the severity and the time zone",
        ),
        ("sent_by_pigeon", None, None, "sent by pigeon"),
    ],
)
def test_a_deed_reads_as_a_sentence(
    what: str, before: dict[str, Any], after: dict[str, Any], words: str
) -> None:
    assert deed(what, before, after) == words


def test_a_long_text_is_named_by_its_beginning() -> None:
    words = deed("entry added", None, {"text": "word " * 100})
    assert words.endswith("…”")
    assert len(words) < 90
