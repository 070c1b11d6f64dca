"""What a link to a ticket says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.actions.tickets import ticket


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "ftp://a/b",
        "jira/browse/OPS-1",
        "https://",
        "http://[",
    ],
)
def test_what_is_no_web_address_has_no_link(address: str) -> None:
    assert ticket(address) is None


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    found = ticket(text)
    assert found is None or found.name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://acme.atlassian.net/browse/OPS-12?focus=1", "Jira OPS-12"),
        ("https://jira.acme.example/jira/browse/WEB-3", "Jira WEB-3"),
        ("https://tasks.acme.example/browse/WEB-3", "Jira WEB-3"),
        ("https://github.com/acme/web/issues/7#note", "GitHub acme/web#7"),
        ("https://www.github.com/acme/web.js/pull/8", "GitHub acme/web.js#8"),
        ("https://gitlab.com/acme/ops/web/-/issues/9", "GitLab acme/ops/web#9"),
        (
            "https://gitlab.acme.example/a/b/-/merge_requests/1",
            "GitLab a/b#1",
        ),
        ("https://linear.app/acme/issue/ENG-5/fix-the-lift", "Linear ENG-5"),
        ("https://tickets.acme.example/42", "tickets.acme.example"),
        ("https://tickets.acme.example/OPS-12", "tickets.acme.example OPS-12"),
        ("https://github.com/acme/web", "github.com"),
        ("https://notgithub.example/acme/web/issues/7", "notgithub.example"),
    ],
)
def test_a_ticket_is_called_by_its_tracker_and_key(address: str, name: str) -> None:
    found = ticket(address)
    assert found is not None
    assert found.name == name
