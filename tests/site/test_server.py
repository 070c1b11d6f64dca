"""What the web server makes of a request before the site sees it."""

from runpy import run_path

from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from postmortems.values import HOME

CLAIM = b"GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n\r\n"


def test_nobody_on_this_machine_is_believed_to_have_come_through_tls() -> None:
    """That is for TRUST_PROXY alone to say."""
    ours, config = run_path(str(HOME / "gunicorn.conf.py")), Config()
    for name in config.settings.keys() & ours.keys():
        config.set(name, ours[name])
    (request,) = RequestParser(config, [CLAIM], ("127.0.0.1", 1))
    assert request.scheme == "http"
