"""The browser's policy, the request's id, and the line that is logged."""

import json
import logging
from urllib.request import urlopen

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from incidents.models import User
from postmortems import logs
from postmortems.middleware import OwnNotFoundPage
from tests.factories import browser_of

LIVE = "/health/live"


def test_no_page_may_run_or_load_what_is_not_ours(client: Client) -> None:
    policy = client.get(LIVE)["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in policy


def test_no_page_may_use_the_camera_or_be_framed(client: Client) -> None:
    response = client.get(LIVE)
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_policy_stands_on_a_real_servers_answer_too(
    live_server: LiveServer,
) -> None:
    """The test client is not proof: a setting changed for it does not get there."""
    with urlopen(f"{live_server.url}{LIVE}") as response:
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_no_cache_on_the_way_keeps_somebodys_page(reader: User) -> None:
    assert browser_of(reader).get("/reports/")["Cache-Control"] == "private"


def test_the_proxys_request_id_is_kept(client: Client) -> None:
    response = client.get(LIVE, headers={"X-Request-ID": "edge-7.a_B"})
    assert response["X-Request-ID"] == "edge-7.a_B"


@pytest.mark.parametrize("forged", ["", "a b", "x" * 65, "línea", '","level":"x'])
def test_a_request_id_that_could_forge_a_log_line_is_replaced(
    client: Client, forged: str
) -> None:
    response = client.get(LIVE, headers={"X-Request-ID": forged})
    assert len(response["X-Request-ID"]) == 32


def test_a_request_leaves_one_line_without_its_query(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "postmortems.request"):
        client.get(LIVE, {"q": "hush"}, headers={"X-Request-ID": "seven"})
    (record,) = [r for r in caplog.records if r.name == "postmortems.request"]
    fields = vars(record)["fields"]
    assert fields.pop("ms") >= 0
    assert fields == {"method": "GET", "path": LIVE, "status": 200, "user_id": None}


def test_the_line_has_the_number_of_who_asked(
    reader: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "postmortems.request"):
        browser_of(reader).get("/account/")
    assert vars(caplog.records[-1])["fields"]["user_id"] == reader.pk


def test_a_log_line_is_one_json_object_even_with_a_traceback() -> None:
    try:
        raise ValueError("first\nsecond")
    except ValueError as error:
        record = logging.LogRecord(
            "a", logging.ERROR, "", 1, "it\n%s", ("broke",), (type(error), error, None)
        )
    token = logs.request_id.set("seven")
    logs.RequestIdFilter().filter(record)
    logs.request_id.reset(token)
    text = logs.JsonFormatter().format(record)
    assert len(text.splitlines()) == 1
    line = json.loads(text)
    assert line["message"] == "it\nbroke"
    assert line["request_id"] == "seven"
    assert "first\nsecond" in line["exception"]


def test_in_development_a_missing_record_gets_the_sites_own_page(
    settings: Settings,
) -> None:
    settings.DEBUG = True
    page = OwnNotFoundPage(lambda request: HttpResponse())
    request = HttpRequest()
    request.path = "/reports/404/"
    response = page.process_exception(request, Http404("No such report."))
    assert response is not None
    assert response.status_code == 404
    assert page.process_exception(request, ValueError()) is None


def test_in_development_a_mistyped_address_gets_the_sites_own_page(
    client: Client, settings: Settings
) -> None:
    settings.DEBUG = True
    response = client.get("/repotrs/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
    assert "urlconf" not in response.content.decode().lower()
