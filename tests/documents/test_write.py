"""What we write, we can read: every document survives the way out and back."""

from hypothesis import HealthCheck, given, settings

from incidents.documents.document import Document
from incidents.documents.parse import account, parse
from incidents.documents.write import write
from tests.documents.strategies import DOCUMENTS


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_what_we_write_we_can_read(document: Document) -> None:
    text = write(document)
    parsed = parse(text)
    assert parsed.document == document
    assert parsed.warnings == ()
    assert account(text, parsed) == ()
