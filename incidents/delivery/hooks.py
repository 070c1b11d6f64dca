"""Post to another program: one address, one answer, within a time and no further."""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import Final

from incidents import __version__
from incidents.delivery.failures import DroppedError, FailedError, HopelessError
from incidents.delivery.network import Target, target
from incidents.models import Delivery, Webhook
from incidents.models.incident import public

# Seconds: for one step, and for the whole exchange with a side that drips.
PATIENCE: Final = 10.0
DEADLINE: Final = 20.0
# A name may stand for many numbers; it is enough to try some of them.
NUMBERS: Final = 3
# What is read of an answer: enough to show why it said no.
ANSWER: Final = 1000
SHOWN: Final = 200
# It says no now, and may say yes later.
LATER: Final = frozenset({408, 425, 429})


def send(delivery: Delivery) -> None:
    hook = webhook_of(delivery)
    body = json.dumps(delivery.payload, ensure_ascii=False).encode()
    post(hook.url, body, mark=sha256(delivery.key.encode()).hexdigest())


def webhook_of(delivery: Delivery) -> Webhook:
    """The webhook, if it is active and everybody may read what it is told of."""
    hook = delivery.hook
    assert hook is not None
    if not hook.active:
        raise DroppedError("The webhook has been switched off.")
    # Nobody knows who listens at the other end.
    if closed := delivery.tells_of.exclude(public()).first():
        raise DroppedError(f"The report {closed.label} is not for everybody.")
    return hook


def post(url: str, body: bytes, *, mark: str) -> None:
    """Hand this over, or fail in words. Redirects are not followed.

    `mark` is the same at each attempt, so that the other side can tell a repeat.
    """
    checked = target(url)
    try:
        with (
            closing(connected(checked)) as raw,
            closed_after(raw, after=DEADLINE),
            exchange(checked, raw, body, mark) as response,
        ):
            refuse_failure(response)
    except (OSError, HTTPException) as error:
        too_slow = isinstance(error, TimeoutError)
        why = "it did not answer in time" if too_slow else str(error)
        raise FailedError(f"{checked.host} could not be reached: {why}.") from error


def connected(checked: Target) -> socket.socket:
    """A connection to the first of the checked numbers that takes one."""
    *others, last = checked.numbers[:NUMBERS]
    for number in others:
        with suppress(OSError):
            return connect(checked, str(number))
    return connect(checked, str(last))


def connect(checked: Target, number: str) -> socket.socket:
    raw = socket.create_connection((number, checked.port), timeout=PATIENCE)
    if not checked.secure:
        return raw
    return tls().wrap_socket(
        raw, server_hostname=checked.host, do_handshake_on_connect=False
    )


@cache
def tls() -> ssl.SSLContext:
    return ssl.create_default_context()


@contextmanager
def closed_after(raw: socket.socket, *, after: float) -> Iterator[None]:
    """Ends the connection after so many seconds, whatever is going on in it."""

    def hang_up() -> None:
        with suppress(OSError):
            socket.socket.shutdown(raw, socket.SHUT_RDWR)

    timer = Timer(after, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def exchange(
    checked: Target, raw: socket.socket, body: bytes, mark: str
) -> HTTPResponse:
    if isinstance(raw, ssl.SSLSocket):
        raw.do_handshake()
    connection = (
        HTTPSConnection(checked.host, checked.port, context=tls())
        if checked.secure
        else HTTPConnection(checked.host, checked.port)
    )
    # Connected already, to a number that was checked: the name is not asked again.
    connection.sock = raw
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"Postmortems/{__version__}",
        "Idempotency-Key": mark,
        "Connection": "close",
    }
    connection.request("POST", checked.path, body, headers)
    return connection.getresponse()


def refuse_failure(response: HTTPResponse) -> None:
    """Content with any 2xx; other answers are errors, in the other side's words."""
    status = response.status
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        raise HopelessError(
            f"It answered {status}, a redirect, which is not followed. Give the "
            "address that it leads to."
        )
    said = " ".join(response.read(ANSWER).decode(errors="replace").split())[:SHOWN]
    answer = f"It answered {status} {response.reason}: {said}".rstrip(": ")
    if status >= 500 or status in LATER:
        raise FailedError(answer)
    raise HopelessError(answer)
