"""What is refused, and in which words; what is odd and read all the same."""

import datetime as dt

import pytest

from incidents.documents.parse import ParseError, account, parse, read_bytes

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def test_a_picture_is_refused_by_its_name() -> None:
    with pytest.raises(ParseError, match=r"“graph\.png” is not a text file"):
        read_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "graph.png")


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    with pytest.raises(ParseError, match=r"not written in UTF-8 \(see line 2\)"):
        read_bytes("one\nStörung".encode("latin-1"), "alt.md")


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(ParseError, match=r"at most 5 MB"):
        read_bytes(b"x" * 6_000_000, "log.md")


def test_a_text_with_null_bytes_is_refused() -> None:
    with pytest.raises(ParseError, match="not a text file"):
        parse("a\0b")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_read(encoding: str) -> None:
    assert read_bytes("# Störung\n".encode(encoding)) == "# Störung\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "---\n---\n",
        "---\ntitle: [\n---\n# Broken front matter",
        "---\na: &a [x]\nb: *a\n---\n# Aliases",
        "---\n" + "a: {" * 500 + "\n---\ntext",
        ">" * 5_000 + " deep",
        "- " * 5_000 + "deep",
        "[" * 20_000,
        "|",
        "- Start: 9999-12-31 23:59 UTC\n- Duration: 99999999999 days\n- End: 00:01",
        "Date: 9999-12-31\n\n# Tasks\n\n- one (due within 999999 weeks)\n- by 1/2",
        "## Timeline\n\n- 0001-01-01 00:00 +14:00 a\n- T-99999h b\n- T+99999999h c",
        "Duration: " + "9" * 5_000 + " hours",
        "## Timeline\n" + "- 10:00 UTC again\n" * 2_000,
        "- item\n" * 20_000,
        "|" * 5_000 + "\n" + "|-" * 2_000,
        "<table>" * 2_000,
        "```\n" * 3_001,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_odd_texts_are_read_and_lose_nothing(text: str) -> None:
    assert account(text, parse(text, now=NOW)) == ()


def test_a_document_without_a_title_is_given_the_name_of_its_file() -> None:
    parsed = parse("## Summary\n\nNothing.", name="reports/2024-05-01.md", now=NOW)
    assert parsed.document.title == "2024-05-01"
    assert [w.sentence for w in parsed.warnings] == [
        "The document has no title; the name of the file is proposed."
    ]


def test_an_export_whose_marks_were_changed_is_still_read() -> None:
    text = (
        "---\npostmortem: 1\n---\n\n# Kept\n\nOne more line.\n\n## Summary\n\nText.\n"
    )
    parsed = parse(text, now=NOW)
    assert parsed.document.title == "Kept"
    assert "exported by this program" in parsed.warnings[0].sentence
    assert account(text, parsed) == ()
