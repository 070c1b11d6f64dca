"""Sentry: told what broke and where, and nothing about anybody."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from postmortems.values import HOME

# In a process of its own, because Sentry changes Django for as long as one lives.
BREAK = """
import json, logging, django
django.setup()
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from sentry_sdk.transport import Transport
from postmortems import errors, health

class Kept(Transport):
    events = []
    def capture_envelope(self, envelope):
        self.events.append(envelope.get_event())

def broken():
    words = "what Remy wrote"
    raise ValueError(f"not a number: {words}")

errors.report_to("https://key@sentry.example.org/1", transport=Kept())
health.CHECKS = {"database": broken}
asked = RequestFactory(REMOTE_ADDR="127.0.0.9", HTTP_COOKIE="place=what Remy has").get(
    "/health/ready", {"q": "what Remy seeks"}, headers={
    "host": "localhost", "authorization": "what Remy knows", "x-request-id": "seven"})
list(get_wsgi_application()(asked.environ, lambda *answer: None))
logging.getLogger("incidents.worker").error("The mail to %s failed.", "what Remy is")
print(json.dumps(Kept.events, default=str))
"""


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """What Sentry was told of a page that broke, and of an error in the log."""
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", BREAK],
        cwd=HOME,
        env=environ,
        check=True,
        capture_output=True,
        text=True,
    )
    events: list[dict[str, Any]] = json.loads(done.stdout)
    return events


@pytest.mark.once
def test_sentry_is_told_what_broke_under_the_id_of_the_log_line(
    told: list[dict[str, Any]],
) -> None:
    page, log = told
    assert page["exception"]["values"][0]["type"] == "ValueError"
    assert page["exception"]["values"][0]["stacktrace"]["frames"]
    assert page["request"]["url"].endswith("/health/ready")
    assert page["tags"]["request_id"] == "seven"
    assert log["logentry"]["message"] == "The mail to %s failed."


@pytest.mark.once
def test_sentry_is_told_nothing_about_anybody(told: list[dict[str, Any]]) -> None:
    text = json.dumps(told)
    assert "what Remy" not in text.replace("%20", " ").replace("+", " ")
    assert "127.0.0.9" not in text
