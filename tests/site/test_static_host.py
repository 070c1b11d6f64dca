"""Styles and scripts from a CDN: it may fetch them here, and the browser may there."""

import json
import os
import subprocess
import sys

import pytest

from postmortems.values import HOME

CDN = "https://cdn.example.org"
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.templatetags.static import static
from django.test import Client
fetched = Client().get("/static/css/tokens.css")
page = Client().get("/account/login/", headers={"host": "localhost"})
print(json.dumps({
    "address": static("css/tokens.css"),
    "fetched": str(fetched.status_code),
    "for whom": fetched.headers["Access-Control-Allow-Origin"],
    "policy": page.headers["Content-Security-Policy"],
    "page": page.content.decode(),
}))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What a site says that was started with a CDN before it."""
    environ = {**os.environ, "STATIC_HOST": CDN}
    environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    command = [sys.executable, "-c", ASK]
    done = subprocess.run(
        command, cwd=HOME, env=environ, check=True, capture_output=True, text=True
    )
    said: dict[str, str] = json.loads(done.stdout)
    return said


@pytest.mark.once
def test_a_page_names_its_styles_at_the_cdn_and_may_load_them(
    told: dict[str, str],
) -> None:
    assert told["address"] == f"{CDN}/static/css/tokens.css"
    assert f'href="{told["address"]}"' in told["page"]
    policy = dict(part.split(" ", 1) for part in told["policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == f"'self' {CDN}"
    assert policy["connect-src"] == "'self'"


@pytest.mark.once
def test_the_cdn_fetches_from_the_site_what_modules_of_any_page_may_use(
    told: dict[str, object],
) -> None:
    assert told["fetched"] == "200"
    assert told["for whom"] == "*"
