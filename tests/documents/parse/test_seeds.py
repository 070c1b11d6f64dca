"""The first five users' documents, wherever they lie beside this checkout."""

from pathlib import Path

from incidents.documents.formats.as_markdown import write
from incidents.documents.parse import account, parse
from tests.documents.parse.expected import NOW, differences, load

HERE = Path(__file__)
PROMISES = HERE.parent / "seeds"


def seeds() -> list[Path]:
    """What stands in `shared/seeds` next to the checkout, or further up."""
    return sorted(p for up in HERE.parents[4:] for p in up.glob("shared/seeds/*.md"))


def wrong_with(path: Path) -> list[str]:
    text = path.read_bytes().decode()
    parsed = parse(text, name=path.name, now=NOW)
    promise = PROMISES / f"{path.stem}.yaml"
    wrong = differences(parsed, load(promise.read_text())) if promise.exists() else []
    wrong += [f"lost: {gap.text}" for gap in account(text, parsed)]
    if parse(write(parsed.document)).document != parsed.document:
        wrong.append("it does not survive the way out and back")
    return [f"{path.name}: {one}" for one in wrong]


def test_every_seed_that_is_here_becomes_what_its_table_says() -> None:
    """A checkout without them beside it has nothing to check, and passes."""
    assert [wrong for path in seeds() for wrong in wrong_with(path)] == []
