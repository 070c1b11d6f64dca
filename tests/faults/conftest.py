"""A site of its own, with a real server before it, on the database that is tested."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tools.served import Site, site


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(database_server(), tmp_path_factory.mktemp("site")) as made:
        yield made


def database_server() -> str:
    """The address of the PostgreSQL that this run tests on; none for SQLite."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        return ""
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    port = f":{database['PORT']}" if database["PORT"] else ""
    login = f"{database['USER']}:{database['PASSWORD']}"
    return f"postgres://{login}@{port}/postgres?host={host}"
