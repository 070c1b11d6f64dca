"""A store that keeps objects in memory and speaks as much S3 as the site needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

Objects = dict[str, bytes]


class Store(ThreadingHTTPServer):
    daemon_threads = True
    objects: Objects


class Conversation(BaseHTTPRequestHandler):
    server: Store

    @property
    def name(self) -> str:
        return unquote(urlsplit(self.path).path)

    def do_PUT(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.objects[self.name] = self.rfile.read(length)
        self.answer(200, b"")

    def do_GET(self) -> None:
        content = self.server.objects.get(self.name)
        self.answer(404, b"") if content is None else self.answer(200, content)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        self.server.objects.pop(self.name, None)
        self.answer(204, b"")

    def answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"whole"')
        self.send_header("Last-Modified", "Mon, 02 Mar 2026 09:00:00 GMT")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, form: str, *values: object) -> None:
        """Says nothing: the tests look at the objects."""


@contextmanager
def store() -> Iterator[tuple[str, Objects]]:
    """The address of a running store, and what it holds."""
    server = Store(("127.0.0.1", 0), Conversation)
    server.objects = {}
    running = Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.objects
    finally:
        server.shutdown()
        server.server_close()
        running.join()
