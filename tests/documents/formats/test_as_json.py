"""A document as JSON: the same when it comes back, refused when it is not one."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from incidents.documents.document import Document, Section
from incidents.documents.formats.as_json import UnreadableError, from_json, to_json
from incidents.documents.kinds import SectionKind
from tests.documents.strategies import DOCUMENTS


def everything(value: Any) -> Any:
    """A value with the fields that comparing leaves out."""
    if is_dataclass(value):
        return [everything(getattr(value, field.name)) for field in fields(value)]
    return [everything(one) for one in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "text",
        {},
        {"format": "1"},
        {"format": 1},
        {"format": 1, "title": 7},
        {"format": 1, "title": "x", "sections": "none"},
        {"format": 1, "title": "x", "started_at": "yesterday"},
        {"format": 1, "title": "x", "timeline": [{"at": None}]},
    ],
)
def test_what_is_no_document_is_refused(data: Any) -> None:
    with pytest.raises(UnreadableError):
        from_json(data)


def test_a_document_of_a_newer_program_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnreadableError, match=r"Upgrade first\."):
        from_json({**to_json(Document(title="x")), "format": 2})


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_a_document_comes_back_from_json_with_every_field(document: Document) -> None:
    back = from_json(json.loads(json.dumps(to_json(document))))
    assert everything(back) == everything(document)


def test_the_keys_of_rows_come_back() -> None:
    section = Section(kind=SectionKind.IMPACT, title="Impact", key="k1")
    document = Document(title="x", sections=(section,))
    assert from_json(to_json(document)).sections[0].key == "k1"
