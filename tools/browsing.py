"""A client that behaves as a browser without scripts: cookies, forms, no redirects."""

import re
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

SECONDS_TO_ANSWER = 60
CHECK_COOKIE = "csrftoken"
FORM = "application/x-www-form-urlencoded"
BETWEEN = "--between-the-parts"
SEVERAL = f"multipart/form-data; boundary={BETWEEN[2:]}"
CONNECTION_LOST = (OSError, HTTPException)


class Answer(NamedTuple):
    status: int
    location: str
    text: str

    def field(self, name: str) -> str:
        """The value of the first field of this name on the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found[1] if found else ""


class Browser:
    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.cookies: dict[str, str] = {}

    def log_in(self, name: str, password: str) -> None:
        self.get("/account/login/")
        answer = self.post("/account/login/", username=name, password=password)
        if answer.status != 302:
            raise RuntimeError(f"{name} could not log in: {answer.status}")

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **form: str) -> Answer:
        form["csrfmiddlewaretoken"] = self.cookies[CHECK_COOKIE]
        return self.ask("POST", path, urlencode(form))

    def send_file(self, path: str, name: str, content: bytes, **form: str) -> Answer:
        form["csrfmiddlewaretoken"] = self.cookies[CHECK_COOKIE]
        said = (f"{part(field)}\r\n\r\n{value}\r\n" for field, value in form.items())
        file = f'{part(name)}; filename="it.png"\r\nContent-Type: image/png\r\n\r\n'
        start = "".join([*said, file]).encode()
        body = start + content + f"\r\n{BETWEEN}--".encode()
        return self.ask("POST", path, body, SEVERAL)

    def ask(
        self, method: str, path: str, body: str | bytes = "", kind: str = FORM
    ) -> Answer:
        """The answer; no redirect is followed. Raises what CONNECTION_LOST names."""
        connection = HTTPConnection(self.host, timeout=SECONDS_TO_ANSWER)
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Content-Type": kind,
        }
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, response.headers.get("Location", ""), text)


def part(name: str) -> str:
    return f'{BETWEEN}\r\nContent-Disposition: form-data; name="{name}"'
