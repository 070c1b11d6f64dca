"""Reading a postmortem written in Markdown: text -> Document, and nothing lost."""

from incidents.documents.parse.ledger import Gap, Remark, Span
from incidents.documents.parse.reading import Parsed, account, parse
from incidents.documents.parse.source import ParseError, read_bytes

__all__ = [
    "Gap",
    "ParseError",
    "Parsed",
    "Remark",
    "Span",
    "account",
    "parse",
    "read_bytes",
]
