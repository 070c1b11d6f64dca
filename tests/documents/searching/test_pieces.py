"""What is searched of a document, and where on the page each piece stands."""

from dataclasses import replace

import pytest
from hypothesis import given

from incidents.documents.document import Document, Section
from incidents.documents.formats.as_json import to_json
from incidents.documents.kinds import SectionKind
from incidents.documents.searching.pieces import (
    draft_pieces,
    plain_text,
    read_before,
    report_pieces,
)
from incidents.documents.showing.report import report
from tests.documents.strategies import DOCUMENTS


@pytest.mark.parametrize(
    "bodies",
    [
        ["It stood still.\n\nFor an hour."],
        ["- 08:15 it stood still\n- 09:15 it moved"],
        ["## What happened\n\nIt stood still."],
        ["- a list", "A paragraph.\n\n- and a list"],
        ["A paragraph.", "Another one."],
        ["", "> a quotation", "```\na log\n```"],
    ],
)
def test_a_hit_in_a_summary_leads_to_where_the_report_has_it(bodies: list[str]) -> None:
    document = Document(
        title="The lift stood still",
        sections=tuple(
            Section(kind=SectionKind.SUMMARY, title="Summary", body=body)
            for body in bodies
        ),
    )
    drawn = report(document)
    there = {part.anchor for part in (*drawn.opening, *drawn.telling)}
    there |= {"", "lead"} if drawn.lead else {""}
    assert {piece.anchor for piece in report_pieces(document, 7)} <= there


@given(DOCUMENTS)
def test_what_was_read_once_is_known_of_a_draft_and_of_its_report(
    generated: Document,
) -> None:
    document = replace(generated, zone="UTC")
    bodies = {row.body for row in document.sections if row.body.strip()}
    known = {body: plain_text(body) for body in bodies}
    for pieces in (draft_pieces(document, 7), report_pieces(document, 7)):
        assert read_before(pieces, to_json(document)) == known
    assert draft_pieces(document, 7, known) == draft_pieces(document, 7)
