"""A browser that costs next to nothing: one open connection, and a stop watch."""

import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlencode

from bench.counting import ASK

# Any secret of this length is a valid one, as long as cookie and form agree.
CHECK = "c" * 32
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
SECONDS_TO_ANSWER = 120
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NOTHING: Mapping[str, str] = {}


class Answer(NamedTuple):
    status: int
    head: str
    text: str

    def header(self, name: str) -> str:
        found = re.search(rf"^{name}: *(.*?)\r?$", self.head, re.I | re.M)
        return found[1] if found else ""


class UnexpectedError(Exception):
    """The site has not answered as it should; measuring that would say nothing."""


class Client:
    """Somebody who is signed in. `seconds` is how long they have waited."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.cookies = f"sessionid={session}; csrftoken={CHECK}"
        self.seconds = 0.0
        self.counting = False
        self.last = Answer(0, "", "")
        self.connection: socket.socket | None = None

    def get(
        self, path: str, headers: Mapping[str, str] = NOTHING, expect: int = 200
    ) -> Answer:
        return self.send("GET", path, headers, b"", expect)

    def post(
        self,
        path: str,
        form: Mapping[str, str | list[str]],
        headers: Mapping[str, str] = NOTHING,
        expect: int = 200,
    ) -> Answer:
        fields = {**form, "csrfmiddlewaretoken": CHECK}
        body = urlencode(fields, doseq=True).encode()
        return self.send("POST", path, {**FORM, **headers}, body, expect)

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        expect: int,
    ) -> Answer:
        request = self.request(method, path, headers, body)
        # A connection that was idle for long is closed by the server.
        answer = self.exchange(request) or self.exchange(request)
        if answer is None or answer.status != expect:
            said = f"{answer.status} {answer.text[:500]}" if answer else "nothing"
            raise UnexpectedError(f"{method} {path} was answered with {said}")
        self.last = answer
        return answer

    def request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"Cookie: {self.cookies}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {text}" for name, text in headers.items()]
        if self.counting:
            lines.append(f"{ASK}: 1")
        return "\r\n".join([*lines, "", ""]).encode() + body

    def exchange(self, request: bytes) -> Answer | None:
        """The answer; None where the connection was closed before one came."""
        connection = self.connection or self.connect()
        started = time.perf_counter()
        try:
            connection.sendall(request)
            head, body = read(connection)
        except ConnectionError:
            connection.close()
            self.connection = None
            return None
        self.seconds += time.perf_counter() - started
        return Answer(int(head[9:12]), head.decode(), body.decode(errors="replace"))

    def connect(self) -> socket.socket:
        address = ("127.0.0.1", self.port)
        self.connection = socket.create_connection(address, SECONDS_TO_ANSWER)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.connection

    @contextmanager
    def watch_stopped(self) -> Iterator[None]:
        """Stop the watch for the length of the block."""
        before = self.seconds
        yield
        self.seconds = before


def read(connection: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of the next answer, which says how long it is."""
    got = receive(connection)
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += receive(connection)
    head, body = got[:end], got[end + 4 :]
    found = LENGTH.search(head)
    missing = int(found[1]) - len(body) if found else 0
    pieces = [body]
    while missing > 0:
        pieces.append(receive(connection))
        missing -= len(pieces[-1])
    return head, b"".join(pieces)


def receive(connection: socket.socket) -> bytes:
    got = connection.recv(1 << 18)
    if not got:
        raise ConnectionResetError
    return got
