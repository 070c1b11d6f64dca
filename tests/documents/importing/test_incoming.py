"""Files and zips from outside: read within bounds, refused in a sentence."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.documents.importing import incoming
from incidents.documents.importing.incoming import Incoming, read_incoming

NOTE = "# The lift stood still\n\nA fuse blew — again.\n"


def read(name: str, data: bytes) -> list[Incoming]:
    return list(read_incoming(name, io.BytesIO(data)))


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"\x89PNG\0\0", "not a text file"),
        ("Störung".encode("latin-1"), "not written in UTF-8"),
        (b"\xff\xfea", "not written in UTF-8"),
        (b"x" * 5_000_001, "at most 5 MB can be read"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, words: str) -> None:
    (one,) = read("a.md", data)
    assert words in one.error
    assert not one.text


def test_a_bomb_is_not_opened() -> None:
    bomb = zipped({"bomb.md": b" " * 5_000_000, "note.md": NOTE.encode()})
    first, second = read("all.zip", bomb)
    assert "far more than its size" in first.error
    assert second.text == NOTE


def test_a_zip_is_read_up_to_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "LARGEST_ZIP", 100)
    files = {f"{number}.md": NOTE.encode() for number in range(9)}
    *read_ones, last = read("all.zip", zipped(files))
    assert len(read_ones) == 2
    assert "The rest was not read" in last.error


def test_a_zip_of_too_many_files_is_read_in_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(incoming, "MOST_FILES", 2)
    files = {f"{number}.md": NOTE.encode() for number in range(3)}
    assert "the first 2 were read" in read("all.zip", zipped(files))[-1].error


def test_a_zip_in_a_zip_is_not_opened() -> None:
    (one,) = read("all.zip", zipped({"in.zip": zipped({"a.md": b"# A"})}))
    assert "is not opened" in one.error


def test_what_is_no_markdown_is_passed_over() -> None:
    files = {"a.png": b"\0", ".hidden.md": b"x", "__MACOSX/a.md": b"x", "d/": b""}
    (one,) = read("all.zip", zipped(files))
    assert one.error == "There is no Markdown file in this zip."


def test_a_damaged_zip_is_named_and_its_other_files_are_read() -> None:
    good = zipped({"a.md": NOTE.encode(), "b.md": b"# B"}, zipfile.ZIP_STORED)
    first, second = read("all.zip", good.replace(b"fuse", b"sufe", 1))
    assert "damaged" in first.error
    assert second.text == "# B"


def test_a_path_out_of_the_zip_is_only_a_name() -> None:
    (one,) = read("all.zip", zipped({"../../etc/a.md": NOTE.encode()}))
    assert one.title_hint == "a.md"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_whatever_its_mark(encoding: str) -> None:
    assert read("a.md", NOTE.encode(encoding)) == [Incoming("a.md", text=NOTE)]


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_sentence(data: bytes) -> None:
    for name in ("a.md", "a.zip"):
        for one in read(name, data):
            assert not (one.error and one.text)


@settings(max_examples=300)
@given(st.binary(max_size=40), st.integers(0, 200))
def test_a_zip_with_a_hole_gives_texts_or_sentences(hole: bytes, at: int) -> None:
    packed = zipped({"a.md": NOTE.encode(), "b.md": NOTE.encode()})
    for one in read("all.zip", packed[:at] + hole + packed[at + len(hole) :]):
        assert one.error or one.text is not None
