"""The first five users' documents, where they are to be had."""

from pathlib import Path

import pytest

from incidents.documents.parse import account, parse
from incidents.documents.write import write
from tests.documents.parse.expected import NOW, differences, load

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
PROMISES = Path(__file__).parent / "seeds"


@pytest.mark.parametrize(
    "promise", sorted(PROMISES.glob("*.yaml")), ids=lambda p: p.stem
)
def test_a_seed_becomes_what_its_table_says(promise: Path) -> None:
    path = SEEDS / f"{promise.stem}.md"
    if not path.exists():
        pytest.skip("the seeds are not beside this checkout")
    text = path.read_bytes().decode()
    parsed = parse(text, name=path.name, now=NOW)
    assert differences(parsed, load(promise.read_text())) == []
    assert account(text, parsed) == ()
    assert parse(write(parsed.document)).document == parsed.document
