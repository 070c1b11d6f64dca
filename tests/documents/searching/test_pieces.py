"""What is searched of a document, and where on the page each piece stands."""

import pytest

from incidents.documents.document import Document, Section
from incidents.documents.kinds import SectionKind
from incidents.documents.searching.pieces import report_pieces
from incidents.documents.showing.report import report


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
