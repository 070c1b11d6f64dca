"""Documents in many shapes, each held to what was written down for it by hand."""

from pathlib import Path

import pytest

from incidents.documents.parse import account, parse
from tests.documents.parse.expected import NOW, differences, load

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = sorted(FIXTURES.glob("*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_becomes_what_was_promised_for_it(path: Path) -> None:
    text = path.read_bytes().decode()
    expected = load(path.with_suffix(".yaml").read_text())
    parsed = parse(text, name=path.name, now=NOW)
    assert differences(parsed, expected) == []
    assert account(text, parsed) == ()
