"""Nothing is dropped: every character of a source stands somewhere, truly."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidents.documents.document import Document
from incidents.documents.formats.as_json import from_json, to_json
from incidents.documents.formats.as_markdown import write
from incidents.documents.importing.as_import import as_import
from incidents.documents.parse import Parsed, account, parse
from tests.documents.parse.expected import NOW
from tests.documents.strategies import TEXTS

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.md"))
TEXT_OF = {path.stem: path.read_bytes().decode() for path in FIXTURES}
LINES = sorted({line for text in TEXT_OF.values() for line in text.split("\n")})


def holds(document: Document, place: str) -> str:
    """The text of the field that a span names."""
    part, _, rest = place.partition("/")
    if part == "title":
        return document.title
    if rest.endswith("/title"):
        return document.sections[int(rest[0])].title
    if not rest.endswith(("text", "body")):
        return ""
    index, _, field = rest.partition("/")
    return str(getattr(getattr(document, part)[int(index)], field))


def bare(text: str, place: str) -> str:
    """Without what a field may leave out: emphasis, and in a title tags and signs.

    A heading may repeat the front matter's title with other signs between its words.
    """
    signs = r"|</?\w+>|\W" if place.endswith("title") else ""
    return re.sub(rf"[\s\\*_]{signs}", "", text)


def assert_nothing_is_lost(text: str) -> Parsed:
    parsed = parse(text, name="fuzz.md", now=NOW)
    assert account(text, parsed) == ()
    for span in parsed.spans:
        if not span.harmless and span.place.endswith(("text", "body", "title")):
            words = bare(parsed.text[span.start : span.end], span.place)
            assert words in bare(holds(parsed.document, span.place), span.place), span
    return parsed


@pytest.mark.parametrize("name", TEXT_OF)
def test_each_piece_of_a_fixture_is_where_its_span_says(name: str) -> None:
    assert_nothing_is_lost(TEXT_OF[name])


@pytest.mark.parametrize("name", TEXT_OF)
def test_a_fixture_survives_the_way_out_and_back(name: str) -> None:
    document = parse(TEXT_OF[name], name=name, now=NOW).document
    assert parse(write(document)).document == document
    assert from_json(to_json(document)) == document
    assert as_import(parse(write(document)))["title"] == document.title


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(LINES), max_size=40).map("\n".join))
def test_lines_of_many_documents_thrown_together_lose_nothing(text: str) -> None:
    assert_nothing_is_lost(text)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TEXT_OF)), st.randoms(use_true_random=False))
def test_a_damaged_document_loses_nothing(name: str, chance: random.Random) -> None:
    letters = list(TEXT_OF[name])
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(letters))
        letters[at : at + chance.randrange(4)] = chance.choice(
            ["", "\n", "|", "`", "*", "#", ":", "- ", "```\n", "<", ">", "\t", "10:00"]
        )
    assert_nothing_is_lost("".join(letters))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS | st.text(max_size=200).filter(lambda text: "\0" not in text))
def test_any_text_at_all_loses_nothing(text: str) -> None:
    assert_nothing_is_lost(text)
