import pytest

from tools import served


@pytest.fixture
def free_port() -> str:
    """A port that nobody listens on at the moment."""
    return str(served.free_port())
