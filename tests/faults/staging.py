"""A site with one person and one report, on whatever database a test has made."""

from collections.abc import Iterator
from contextlib import contextmanager

from tools.browsing import Browser
from tools.served import Site

PASSWORD = "a lift of seven storeys"
PREPARE = f"""
from django.contrib.auth.models import Group
from tests.factories import make_report, make_user
rita = make_user("rita", "reviewer")
rita.set_password("{PASSWORD}")
rita.save()
make_report(rita)
"""


@contextmanager
def prepared(site: Site, **variables: str) -> Iterator[Site]:
    site.environ = {**site.environ, **variables}
    site.manage("migrate", "--no-input", "--verbosity=0")
    site.manage("shell", "--verbosity=0", stdin=PREPARE)
    site.start()
    try:
        yield site
    finally:
        site.kill()


def rita(site: Site) -> Browser:
    """The person who may write there, in a new browser."""
    browser = Browser(site.address)
    browser.log_in("rita", PASSWORD)
    return browser
