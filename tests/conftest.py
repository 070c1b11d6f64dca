"""What every test stands on."""

import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

from incidents.models import User
from tests.factories import make_user

# How long an example takes says more about the machine's other work than about us.
hypothesis.settings.register_profile(
    "unhurried",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("unhurried")

LOOPBACK = ("127.0.0.1", "::1", "localhost")


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


# The cast. Each is named after what they may do.


@pytest.fixture
def reader(db: None) -> User:
    return make_user("reader", "reader")


@pytest.fixture
def author(db: None) -> User:
    return make_user("author", "author")


@pytest.fixture
def reviewer(db: None) -> User:
    return make_user("reviewer", "reviewer")


@pytest.fixture
def admin(db: None) -> User:
    return make_user("admin", "admin")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody with an account and no role."""
    return make_user("stranger")
