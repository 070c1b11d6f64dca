"""What we write, we can read: every document survives the way out and back."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from markdown_it import MarkdownIt

from incidents.documents.document import Action, Document, Section
from incidents.documents.formats.as_markdown import write
from incidents.documents.kinds import SectionKind
from incidents.documents.parse import account, parse
from tests.documents.strategies import DOCUMENTS


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
@example(Document(title="Two quotes", actions=(Action(text="Act", url='""'),)))
def test_what_we_write_we_can_read(document: Document) -> None:
    text = write(document)
    parsed = parse(text)
    assert parsed.document == document
    assert parsed.warnings == ()
    assert account(text, parsed) == ()


@pytest.mark.parametrize(
    "body",
    [
        "```",
        "~~~ text\nan open fence",
        "   ````\n```\nstill open",
        "```\nclosed\n```",
        "- a bullet\n  ```\n  open in the bullet",
        "```\nopen\n```python",
        "> ```\n> open in a quote",
    ],
)
def test_any_viewer_shows_what_follows_an_open_fence(body: str) -> None:
    section = Section(kind=SectionKind.OTHER, title="Logs", body=body)
    document = Document(title="A", sections=(section,), actions=(Action(text="Act"),))
    text = write(document)
    shown = [t.content for t in MarkdownIt("commonmark").parse(text)]
    assert "Action items" in shown
    assert parse(text).document == document
