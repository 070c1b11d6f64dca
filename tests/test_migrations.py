"""A migration stands alone and can be undone."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "incidents" / "migrations"
NAMES = sorted(path.stem for path in FOLDER.glob("0*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_a_migration_imports_no_code_of_ours(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    modules = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not {name for name in modules if name.startswith(("incidents", "postm"))}


@pytest.mark.parametrize("name", NAMES)
def test_a_migration_can_be_undone(name: str) -> None:
    migration = import_module(f"incidents.migrations.{name}").Migration
    for operation in migration.operations:
        assert operation.reversible, operation
