"""What every test stands on."""

import gc
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.template import Template
from pytest_django import DjangoDbBlocker

from incidents.models import User
from incidents.templatetags.caching import CACHE
from tests import migrated
from tests.factories import make_user
from tests.put_back import put_back

# How long an example takes says more about the machine's other work than about us.
hypothesis.settings.register_profile(
    "unhurried",
    deadline=None,
    # To make an example takes longer than to try it; 100 would be usual.
    max_examples=60,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("unhurried")

HERE = Path(__file__).parent
# Their tests never see a database, so a run on the second one would tell nothing.
WITHOUT_DATABASE = tuple(
    HERE / name for name in ("documents", "charts", "tools", "bench")
)
# By the mark that leaves them out: to read their files takes seconds for each worker.
LEFT_OUT = {"not once": WITHOUT_DATABASE, "not browser": (HERE / "browser",)}
# Tests make much and drop it whole; to look for cycles after every 700 objects, as
# Python does by itself, takes a fourteenth of the time.
OBJECTS_BETWEEN = 100_000
gc.set_threshold(OBJECTS_BETWEEN, 50, 100)
# Django's test runner swaps it for one that copies all that each template was given.
DRAW = vars(Template)["_render"]
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    wanted = config.getoption("markexpr")
    folders = [LEFT_OUT[mark] for mark in LEFT_OUT if mark in wanted]
    return True if any(collection_path in some for some in folders) else None


def pytest_collection_finish() -> None:
    """What was read to begin with stays to the end."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if any(folder in item.path.parents for folder in WITHOUT_DATABASE):
            item.add_marker(pytest.mark.once)
        refuse_to_lose_migrated_rows(item)


def refuse_to_lose_migrated_rows(item: pytest.Item) -> None:
    """A test with real transactions ends by emptying the tables, roles and all."""
    mark = item.get_closest_marker("django_db")
    if mark and mark.kwargs.get("transaction"):
        said = mark.kwargs.get("serialized_rollback")
        assert said, f"{item.nodeid} needs serialized_rollback=True beside transaction."


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A test that leaves this machine fails there, with the address it wanted."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"A test tried to reach {address}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """The test database is a copy of a migrated one, where there is one to copy."""
    test = connection.settings_dict["TEST"]
    if server := migrated.server():
        test["TEMPLATE"] = migrated.template(server)
        yield
    else:
        migrated.fill(Path(test["NAME"]))
        yield
        # Our `migrate` leaves its lock: nobody knows who still waits for it.
        Path(f"{test['NAME']}.migrating").unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def quickly_put_back() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", put_back)
        yield


@pytest.fixture(scope="session", autouse=True)
def drawn_as_served(django_test_environment: None) -> Iterator[None]:
    """A test reads the page that a person gets, and not what it was drawn from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", DRAW)
        yield


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What was counted or drawn of one test's database is wrong in the next one's."""
    cache.clear()
    CACHE.clear()


@pytest.fixture(scope="module")
def lasting(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """What a fixture of this scope writes is there for all tests of the module.

    It is undone after the last one; what a test writes is undone after that test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


# The cast. Each test says by their names who does what.


@pytest.fixture
def author(db: None) -> User:
    return make_user("ada", "author", first_name="Ada", last_name="Byron")


@pytest.fixture
def colleague(db: None) -> User:
    """Another author, who writes at the same time."""
    return make_user("bo", "author", first_name="Bo", last_name="Lind")


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user("rita", "reviewer", first_name="Rita", last_name="Moss")


@pytest.fixture
def reader(db: None) -> User:
    return make_user("remy", "reader", first_name="Remy", last_name="Sol")


@pytest.fixture
def admin(db: None) -> User:
    return make_user("amir", "admin", first_name="Amir", last_name="Khan")


@pytest.fixture
def stranger(db: None) -> User:
    """An account without a role."""
    return make_user("sam", first_name="Sam", last_name="Vane")
