"""What people type and what they should see first, on either database alike."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.documents.searching.query import read_query
from incidents.models import User
from incidents.search.reports.filtering import WantedReports
from incidents.search.words.finding import Search, hits_of
from tests.factories import NOW, browser_of
from tests.search.corpus import DRAFT, REPORTS, save_reports

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reader(lasting: None) -> User:
    return save_reports()["remy"]


def found(user: User, query: str, **more: str) -> list[str]:
    """The keys of what the page of this query shows, in its order."""
    response = browser_of(user).get("/reports/", {"q": query, **more}, follow=True)
    assert response.status_code == 200
    key_of = {document.title: key for key, document in REPORTS.items()}
    key_of[DRAFT.title] = "draft"
    titles = re.findall(r"<h2><a href=.*?>(.*?)</a></h2>", response.text, re.DOTALL)
    plain = [unescape(re.sub("</?mark>", "", title)).strip() for title in titles]
    return [key_of.get(title, title) for title in plain]


FIRST = [
    # Words, and the title before the text.
    ("redis", ["redis"]),
    ("REDIS", ["redis"]),
    ("sessions", ["redis"]),
    ("kafka", ["kafka"]),
    ("orders", ["migration", "accents"]),
    ("storm", ["redis"]),
    ("redis failover", ["redis"]),
    ("retried migration", ["migration"]),
    # Words that stand in different parts of one postmortem.
    ("copy checkout", ["migration"]),
    ("monday runbook", ["rollback"]),
    # Every part: timeline, action item, factor, its category, service, tag, number.
    ("paged", ["dns"]),
    ("helpdesk", ["dns"]),
    ("rehearse", ["migration"]),
    ("runbook", ["rollback"]),
    ("documentation", ["rollback"]),
    ("cache", ["redis"]),
    ("streaming", ["kafka"]),
    ("expiry", ["certificate"]),
    # Stems.
    ("migrate", ["migration"]),
    ("migrations", ["migration"]),
    ("exhausting", ["redis"]),
    ("certificates", ["certificate"]),
    ("rebalanced", ["kafka"]),
    ("customer's disk", []),
    ("registrar", ["dns"]),
    # Accents.
    ("cafe", ["accents"]),
    ("café", ["accents"]),
    ("Sao Paulo", ["accents"]),
    ("malmo", ["accents"]),
    ("naively", ["accents"]),
    ("ZEITUBERLAUF", ["accents"]),
    ("cafe\u0301", ["accents"]),
    # Phrases.
    ('"connection pool"', ["redis"]),
    ('"pool connection"', []),
    ('"rolled back"', ["rollback"]),
    ('"retry storm" redis', ["redis"]),
    ('"connection pool', ["redis"]),
    ('"stale the"', []),
    # Names as machines write them.
    ("payments_api", ["certificate"]),
    ("payments-api", ["certificate"]),
    ("api.example.com", ["dns"]),
    ("10.20.30.40", ["dns"]),
    ("x509", ["certificate"]),
    ("503", ["certificate"]),
    ("on-call", ["dns"]),
    ("logrotate", ["disk"]),
    # Beginnings.
    ("migrat*", ["migration"]),
    ("certif*", ["certificate"]),
    ("rebalanc", ["kafka"]),
    ("deplo", ["rollback"]),
    ('"retry sto*"', ["redis"]),
    # Without.
    ("redis -kafka -migration", ["redis"]),
    ('redis -"retry storm" -kafka', ["migration"]),
    ("deploy -session", ["rollback"]),
    # Japanese, Chinese and Korean, also half-wide.
    ("障害", ["japanese"]),
    ("決済", ["japanese"]),
    ("データベース", ["japanese"]),
    ("ﾃﾞｰﾀﾍﾞｰｽ", ["japanese"]),
    ("接続が切れ", ["japanese"]),
    ("復", ["japanese"]),
    ("数据库", ["chinese"]),
    ("连接池", ["chinese"]),
    ("订单 失败", ["chinese"]),
    ("断", ["chinese"]),
    ("장애", ["korean"]),
    ("接池连", []),
    # Filters, alone and with words.
    ("severity:sev1 redis", ["redis"]),
    ("service:checkout deploy", ["rollback"]),
    ('service:"orders db"', ["migration"]),
    ("tag:streaming redis", ["kafka"]),
    ("redis before:2024-06", ["redis"]),
    ("redis after:2024-09", ["kafka"]),
    ("redis after:2024-06-15 before:2024-06-16", ["migration"]),
    ("has:open-actions redis", ["migration"]),
    ("owner:ada", ["certificate"]),
    ("severity:SEV9 redis", []),
]


def test_each_query_finds_first_what_was_meant(reader: User) -> None:
    wrong = {}
    for query, first in FIRST:
        seen = found(reader, query)
        if sorted(seen[: max(len(first), 1)]) != sorted(first):
            wrong[query] = (first, seen)
    assert wrong == {}


HOSTILE = [
    '"', "*", "-", "()", "a OR b", "NEAR(a b)", "title:x", "'; DROP TABLE x; --",
    "%", "_", "\\", "a AND", "NOT", "-redis", "{1}", "redis:", "^redis", "¶",
    "a" * 5000, "😀", "\u202e", "a\x00b", "' : * & | !", "<-> :*A", "before:0000-99",
    "before:0001", "after:9999-12-31 before:9999-12-31",
]  # fmt: skip


def test_no_query_is_an_error(reader: User) -> None:
    for query in HOSTILE:
        found(reader, query)


@settings(max_examples=50)
@given(st.text(st.sampled_from("ab0\"'-*:&|!()<>\\ é障ー\u0301ß½²ﬁ") | st.characters()))
def test_no_text_breaks_the_question_to_the_database(text: str) -> None:
    user, _ = User.objects.get_or_create(username="remy")
    hits_of(Search(read_query(text), WantedReports(), user, NOW.date()), ranked=True)
