"""Posting to another program, whatever it does."""

import json
import socket
import time
from ipaddress import ip_network

import pytest
from pytest_django import Settings

from incidents.delivery import hooks
from incidents.delivery.failures import FailedError, HopelessError
from tests.delivery.listening import answering, listening, request_of, silent

BODY = json.dumps({"text": "PM-1 published"}).encode()
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.fixture(autouse=True)
def _this_machine_is_allowed(settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)


def post(port: int, host: str = "127.0.0.1") -> None:
    hooks.post(f"http://{host}:{port}/hook?a=1", BODY, mark="m1")


def test_nothing_is_sent_to_an_address_inside(settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = ()
    heard: list[bytes] = []
    with (
        listening(answering(FINE, heard)) as port,
        pytest.raises(HopelessError, match="inside the network"),
    ):
        post(port)
    assert heard == []


def test_a_name_is_asked_once_and_its_checked_number_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that turns inside after the check leads nowhere else."""
    answers = iter(["127.0.0.1"])

    def ask(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    heard: list[bytes] = []
    with listening(answering(FINE, heard)) as port, monkeypatch.context() as patch:
        patch.setattr(socket, "create_connection", direct)
        patch.setattr(socket, "getaddrinfo", ask)
        post(port, "chat.example")
    assert f"Host: chat.example:{port}".encode() in heard[0]


def direct(address: tuple[str, int], timeout: float) -> socket.socket:
    """As the real one, for a number; it asks no name server."""
    made = socket.socket()
    made.settimeout(timeout)
    made.connect(address)
    return made


def test_what_is_posted_is_json_with_the_same_mark_each_time() -> None:
    heard: list[bytes] = []
    with listening(answering(FINE, heard)) as port:
        post(port)
        post(port)
    first, second = heard
    assert first == second
    assert first.startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
    assert b"Idempotency-Key: m1" in first
    assert first.endswith(BODY)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (b"301 Moved", HopelessError),
        (b"307 Temporary Redirect", HopelessError),
        (b"404 Not Found", HopelessError),
        (b"410 Gone", HopelessError),
        (b"429 Too Many Requests", FailedError),
        (b"500 Internal Server Error", FailedError),
        (b"503 Service Unavailable", FailedError),
    ],
)
def test_an_answer_that_is_no_yes_fails_in_its_words(
    status: bytes, kind: type[Exception]
) -> None:
    heard: list[bytes] = []
    elsewhere = (
        b"\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 10\r\n\r\nno_service"
    )
    with (
        listening(answering(b"HTTP/1.1 " + status + elsewhere, heard)) as port,
        pytest.raises(FailedError, match=status.decode()[:3]) as caught,
    ):
        post(port)
    assert type(caught.value) is kind
    assert len(heard) == 1


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    def endless(connection: socket.socket) -> None:
        request_of(connection)
        connection.sendall(b"HTTP/1.1 500 Sorry\r\n\r\n")
        while True:
            connection.sendall(b"x" * 10_000)

    with listening(endless) as port, pytest.raises(FailedError) as caught:
        post(port)
    assert len(str(caught.value)) < 300


def test_a_side_that_never_answers_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "PATIENCE", 0.1)
    with (
        listening(silent) as port,
        pytest.raises(FailedError, match="did not answer in time"),
    ):
        post(port)


def test_a_side_that_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each byte comes in time, and the answer never does."""
    monkeypatch.setattr(hooks, "DEADLINE", 0.3)

    def drip(connection: socket.socket) -> None:
        request_of(connection)
        while True:
            connection.sendall(b"H")
            time.sleep(0.05)

    with listening(drip) as port, pytest.raises(FailedError):
        post(port)


def test_nobody_there_is_a_failure_in_words() -> None:
    with listening(silent) as port:
        pass
    with pytest.raises(FailedError, match=r"127\.0\.0\.1 could not be reached"):
        post(port)
