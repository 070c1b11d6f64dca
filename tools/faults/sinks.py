"""A mail server and a webhook's target that count what they get, or never answer."""

import re
import socketserver
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from threading import Event, Thread

MARK = re.compile(rb"^Message-ID: <(\w+)@", re.I | re.M)
END = b"\r\n.\r\n"


class Sink(socketserver.ThreadingTCPServer):
    """`seen` counts the messages by their mark. Not `ready`: it hangs."""

    daemon_threads = True

    def __init__(self, talk: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), talk)
        self.seen: Counter[str] = Counter()
        self.ready = Event()
        self.ready.set()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class MailTalk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.server.ready.wait()
        self.say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper().decode(errors="replace").strip()
            if word == "DATA":
                self.say("354 go on")
                self.take()
            self.say("221 bye" if word == "QUIT" else "250 fine")

    def take(self) -> None:
        text = b""
        while not text.endswith(END):
            line = self.rfile.readline()
            if not line:
                return
            text += line
        found = MARK.search(text)
        self.server.seen[found[1].decode() if found else "unmarked"] += 1

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class HookTalk(BaseHTTPRequestHandler):
    server: Sink

    def do_POST(self) -> None:
        self.server.ready.wait()
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen[self.headers["Idempotency-Key"]] += 1
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, form: str, *values: object) -> None:
        """Says nothing: what counts has been counted."""


class Silence(socketserver.StreamRequestHandler):
    """Takes a connection and says nothing on it, for ever."""

    server: Sink

    def handle(self) -> None:
        while self.rfile.readline():
            pass


@contextmanager
def sink(talk: type[socketserver.BaseRequestHandler]) -> Iterator[Sink]:
    with Sink(talk) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.ready.set()
            server.shutdown()
