"""A few reports to search in, each by a key that the tests call it by."""

import datetime as dt
import re
from typing import Any, Final

from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Person,
    Section,
)
from incidents.documents.kinds import SectionKind
from incidents.models import User
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.whole.create import create
from tests.factories import HOUR, NOW, browser_of, make_user, restrict


def story(title: str, summary: str, cause: str = "", **facts: Any) -> Document:
    start = facts.pop("started_at", NOW)
    parts = [Section(kind=SectionKind.SUMMARY, title="Summary", body=summary)]
    if cause:
        parts.append(
            Section(kind=SectionKind.ROOT_CAUSE, title="Root cause", body=cause)
        )
    return Document(
        title=title,
        zone="UTC",
        started_at=start,
        resolved_at=start + HOUR,
        sections=tuple(parts),
        **facts,
    )


def on(year: int, month: int, day: int = 1) -> dt.datetime:
    return dt.datetime(year, month, day, 14, 5, tzinfo=dt.UTC)


REPORTS: Final = {
    "redis": story(
        "Redis failover left sessions stale",
        "The primary node failed and sessions went stale.",
        "The connection pool was exhausted by a *retry storm*.",
        severity="SEV1",
        services=("cache",),
        started_at=on(2024, 3),
    ),
    "migration": story(
        "Checkout was slow during a database migration",
        "Migrations locked the orders table. Connections piled up in a pool.",
        "Nobody had tried the migration on a copy. A redis client retried meanwhile.",
        severity="SEV2",
        services=("checkout", "orders db"),
        started_at=on(2024, 6, 15),
        actions=(Action(text="Rehearse each migration on a copy"),),
    ),
    "kafka": story(
        "Consumers lagged for a day",
        "Kafka consumers were rebalancing in a loop; redis was well.",
        "A deploy halved the session timeout.",
        severity="SEV3",
        tags=("streaming",),
        started_at=on(2024, 9),
    ),
    "accents": story(
        "Zeitüberlauf im Café-Bestellsystem",
        "Orders from São Paulo and Malmö were naïvely stored in local time.",
        started_at=on(2023, 1),
    ),
    "japanese": story(
        "決済サービスの障害",
        "データベースの接続が切れました。再起動で復旧しました。",
        started_at=on(2023, 5),
    ),
    "chinese": story(
        "支付服务中断",
        "数据库连接池耗尽，导致订单失败。",
        started_at=on(2023, 6),
    ),
    "korean": story(
        "결제 서비스 장애", "인증서가 만료되었습니다.", started_at=on(2023, 7)
    ),
    "dns": story(
        "A zone nobody owned",
        "The DNS zone of api.example.com expired; 10.20.30.40 answered no longer.",
        severity="SEV1",
        services=("dns",),
        started_at=on(2025, 2),
        timeline=(
            Entry(text="Paged the on-call engineer", at=on(2025, 2)),
            Entry(text="Registrar's helpdesk reached after forty minutes"),
        ),
    ),
    "certificate": story(
        "Certificate of payments_api ran out",
        "Every x509 check failed, and the gateway answered 503.",
        tags=("expiry",),
        started_at=on(2025, 4),
        owner=Person(name="Ada Byron", account="ada"),
        actions=(Action(text="Watch the dates of all certificates"),),
    ),
    "rollback": story(
        "The deploy that nobody rolled back",
        "A deployment went wrong on Friday; rolling it back took until Monday.",
        services=("checkout",),
        started_at=on(2025, 6),
        factors=(Factor(text="The runbook was out of date", category="Documentation"),),
    ),
    "disk": story(
        "The log host's disk was full",
        "Nothing could be written, not even the alert.",
        "Logs were rotated by a cron job that had been switched off.",
        started_at=on(2025, 8),
        timeline=(Entry(text="Ran `logrotate --force` by hand", at=on(2025, 8)),),
    ),
}
# Found by nobody but those who may see them.
HIDDEN: Final = story(
    "The xylophone leak", "Customers' xylophones were stolen.", started_at=on(2025, 9)
)
DRAFT: Final = story(
    "A quixotic draft", "The quixotic scheduler fired twice.", started_at=on(2025, 10)
)


def save_reports() -> dict[str, User]:
    """Save the reports, a restricted one and a draft; who wrote and who reads them."""
    people = {
        "ada": make_user("ada", "author", first_name="Ada", last_name="Byron"),
        "rita": make_user("rita", "reviewer"),
        "remy": make_user("remy", "reader"),
    }
    rita = people["rita"]
    for document in REPORTS.values():
        publish(create(document, by=rita, now=NOW), by=rita, now=NOW)
    secret = publish(create(HIDDEN, by=rita, now=NOW), by=rita, now=NOW)
    restrict(secret.incident)
    create(DRAFT, by=rita, now=NOW)
    return people


def page(user: User, **query: str) -> str:
    response = browser_of(user).get("/reports/", query, follow=True)
    return " ".join(response.content.decode().split())


def count(user: User, text: str, **more: str) -> int:
    """How many the page says that it has found."""
    said = page(user, q=text, **more)
    return int(re.findall(r'role="status">(\d+) (?:report|draft)s? match', said)[0])
