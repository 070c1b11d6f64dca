import socket

import pytest


@pytest.fixture
def free_port() -> str:
    """A port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])
