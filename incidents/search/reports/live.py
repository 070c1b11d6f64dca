"""What lives on a published report: fetched in the same row as what is frozen.

A report is one question to the database. Its action items as they are now, and what
the reader has to do with it, come along as columns of that row.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Aggregate,
    Exists,
    JSONField,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

from incidents.documents.kinds import ActionState
from incidents.models import (
    ActionItem,
    Listing,
    Publication,
    ReadMark,
    RequiredReader,
    User,
    Watch,
)
from incidents.models.publication import PublicationQuerySet

COLUMNS: Final = (
    "key",
    "state",
    "due_on",
    "done_at",
    "url",
    "evidence",
    "declined_because",
    "owner_name",
    "done_by_name",
)
ACCOUNTS: Final = ("owner", "done_by")
NAMES: Final = ("first_name", "last_name", "username")


class JSONRows(Aggregate):
    """The rows of a group as one JSON array, on either database."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


@dataclass(frozen=True, slots=True)
class Live:
    """An action item as it is now."""

    key: str
    state: ActionState
    owner: str
    due_on: dt.date | None
    done_at: dt.datetime | None
    done_by: str
    url: str
    evidence: str
    declined_because: str

    @property
    def is_closed(self) -> bool:
        return self.state in (ActionState.DONE, ActionState.DECLINED)


@dataclass(frozen=True, slots=True)
class Promise:
    """An action item as it was published, and as it is now if it is still there."""

    step: Mapping[str, str]
    item: Live | None


def with_live(publications: PublicationQuerySet, user: User) -> PublicationQuerySet:
    """Each with its live parts and with what this reader has to do with it."""
    incident = OuterRef("incident")
    marks = ReadMark.objects.filter(publication=OuterRef("pk"), user=user)
    groups = User.groups.through.objects.filter(user=user).values("group")
    asked = Q(user=user) | Q(group__in=groups)
    listing = Listing.objects.filter(pk=incident)
    return publications.annotate(
        live=Subquery(items().filter(incident=incident).values("rows")),
        read_at=Subquery(marks.values("at")[:1]),
        is_asked=Exists(RequiredReader.objects.filter(asked, incident=incident)),
        is_watched=Exists(Watch.objects.filter(user=user, incident=incident)),
        featured_at=Subquery(listing.values("featured_at")[:1]),
    )


def items() -> Any:
    columns: dict[str, str] = {name: name for name in COLUMNS}
    for account in ACCOUNTS:
        columns |= {f"{account}_{name}": f"{account}__{name}" for name in NAMES}
    rows = ActionItem.objects.order_by().values("incident")
    return rows.annotate(rows=JSONRows(JSONObject(**columns)))


def promises(publication: Publication) -> list[Promise]:
    """The action items of a publication that `with_live` has fetched."""
    rows: Iterable[Mapping[str, Any]] = vars(publication)["live"] or ()
    now = {live.key: live for live in map(read, rows)}
    return [Promise(step, now.get(step["key"])) for step in publication.card["steps"]]


def read(row: Mapping[str, Any]) -> Live:
    due, done = row["due_on"], row["done_at"]
    return Live(
        key=str(UUID(str(row["key"]))),
        state=ActionState(row["state"]),
        owner=name_of(row, "owner"),
        due_on=dt.date.fromisoformat(due) if due else None,
        done_at=aware(dt.datetime.fromisoformat(done)) if done else None,
        done_by=name_of(row, "done_by"),
        url=row["url"],
        evidence=row["evidence"],
        declined_because=row["declined_because"],
    )


def name_of(row: Mapping[str, Any], account: str) -> str:
    """The name of an account as it is now, else the one that was written down."""
    first, last, username = (row[f"{account}_{name}"] or "" for name in NAMES)
    return f"{first} {last}".strip() or username or row[f"{account}_name"]


def aware(at: dt.datetime) -> dt.datetime:
    """SQLite writes moments in UTC and does not say so."""
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
