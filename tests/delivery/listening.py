"""The other side: small servers on this machine that take, refuse, drip or hang."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

Talk = Callable[[socket.socket], None]


@contextmanager
def listening(talk: Talk) -> Iterator[int]:
    """A server that talks like this to whoever connects; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=serve, args=(server, talk), daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def serve(server: socket.socket, talk: Talk) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            try:
                talk(connection)
            except OSError:
                continue


def silent(connection: socket.socket) -> None:
    """Takes the call and says nothing until the caller hangs up."""
    while connection.recv(1000):
        pass


def request_of(connection: socket.socket) -> bytes:
    """A whole request with its body."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(1000)
    head, _, body = got.partition(b"\r\n\r\n")
    (length,) = (
        int(line.split(b":")[1])
        for line in head.lower().split(b"\r\n")
        if line.startswith(b"content-length:")
    )
    while len(body) < length:
        body += connection.recv(1000)
    return head + b"\r\n\r\n" + body


def answering(answer: bytes, heard: list[bytes]) -> Talk:
    """Notes each request, and gives this answer to it."""

    def talk(connection: socket.socket) -> None:
        heard.append(request_of(connection))
        connection.sendall(answer)

    return talk
