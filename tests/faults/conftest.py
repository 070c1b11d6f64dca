"""A site of its own, with a real server before it, on the database that is tested."""

from collections.abc import Iterator

import pytest

from tests import migrated
from tools.served import EMPTY, SQLITE, Site, site


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, server = tmp_path_factory.mktemp("site"), migrated.server()
    template = migrated.template(server) if server else EMPTY
    migrated.fill(folder / SQLITE)
    with site(server, folder, template) as made:
        yield made
