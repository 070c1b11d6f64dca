"""The source of an import, cut where its parts begin and end."""

from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.document import Document
from incidents.documents.importing.segments import segments
from incidents.documents.parse import Parsed, Remark, Span, parse

TEXT = """\
# The lift stood still

## Timeline
- 10:00 UTC: it stopped
- 10:30 UTC: it went on

## Action items
- [ ] Buy a fuse
"""


def test_the_line_of_an_entry_belongs_to_it_with_its_bullet_and_clock() -> None:
    found = {one.place: one.text for one in segments(parse(TEXT))}
    assert found["timeline-0"] == "- 10:00 UTC: it stopped"
    assert found["actions-0"] == "- [ ] Buy a fuse"


def test_a_line_that_a_warning_speaks_of_has_an_anchor() -> None:
    parsed = Parsed(Document(title=""), (Remark("Odd.", (2,)),), text="one\ntwo\nthree")
    (marked,) = (one for one in segments(parsed) if one.line)
    assert (marked.text, marked.line_anchor) == ("two", "line-2")


spans = st.builds(
    lambda start, length, place: Span(start, start + length, place),
    st.integers(0, 60),
    st.integers(1, 30),
    st.sampled_from(["title", "sections/0/body", "timeline/1/text", "actions/0/url"]),
)


@given(
    st.text("ab \n", min_size=91, max_size=120),
    st.lists(spans, max_size=8),
    st.lists(st.integers(1, 9), max_size=3),
)
def test_the_segments_are_the_source_and_anchors_are_unique(
    text: str, marks: list[Span], lines: list[int]
) -> None:
    remark = Remark("Odd.", tuple(lines))
    cut = segments(Parsed(Document(title=""), (remark,), text=text, spans=tuple(marks)))
    assert "".join(one.text for one in cut) == text
    anchors = [name for one in cut for name in (one.anchor, one.line_anchor) if name]
    assert len(anchors) == len(set(anchors))
