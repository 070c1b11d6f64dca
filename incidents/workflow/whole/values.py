"""The columns of a row, from the piece of a Document that it holds."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from incidents import models
from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Person,
    Section,
)
from incidents.models.zone import validate_zone


def fact_values(
    document: Document, incident: models.Incident, accounts: Mapping[str, models.User]
) -> dict[str, Any]:
    name = document.zone or incident.zone
    validate_zone(name)
    zone = ZoneInfo(name)
    owner, owner_name = account(document.owner, accounts)
    return {
        "title": document.title,
        "zone": name,
        "severity": severity(document.severity),
        "started_at": aware(document.started_at, zone),
        "detected_at": aware(document.detected_at, zone),
        "mitigated_at": aware(document.mitigated_at, zone),
        "resolved_at": aware(document.resolved_at, zone),
        "detection": document.detection or "",
        "users_affected_percent": document.users_affected_percent,
        "users_affected_count": document.users_affected_count,
        "owner": owner,
        "owner_name": owner_name,
    }


def severity(name: str | None) -> models.Severity | None:
    return models.Severity.objects.filter(name__iexact=name).first() if name else None


def section_values(section: Section) -> dict[str, Any]:
    return {
        "kind": section.kind,
        "title": section.title,
        "body": section.body,
        "prompt": section.prompt,
    }


def entry_values(entry: Entry, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "text": entry.text,
        "at": aware(entry.at, zone),
        "until": aware(entry.until, zone),
        "as_written": entry.as_written,
        "zone": entry.zone,
        "kind": entry.kind,
        "pinned": entry.pinned,
    }


def action_values(item: Action, accounts: Mapping[str, models.User]) -> dict[str, Any]:
    owner, owner_name = account(item.owner, accounts)
    done_by, done_by_name = account(item.done_by, accounts)
    return {
        "text": item.text,
        "kind": item.kind or "",
        "priority": item.priority or "",
        "owner": owner,
        "owner_name": owner_name,
        "due_on": item.due_on,
        "state": item.state,
        "done_at": item.done_at,
        "done_by": done_by,
        "done_by_name": done_by_name,
        "evidence": item.evidence,
        "declined_because": item.declined_because,
        "url": item.url,
    }


def factor_values(
    factor: Factor, categories: Mapping[str, models.FactorCategory]
) -> dict[str, Any]:
    return {
        "text": factor.text,
        "category": categories.get(factor.category),
        "accepted": factor.accepted,
    }


def account(
    who: Person | None, accounts: Mapping[str, models.User]
) -> tuple[models.User | None, str]:
    """The account of a person where they still have one, and always their name."""
    if who is None:
        return None, ""
    return accounts.get(who.account or ""), who.name


def aware(moment: dt.datetime | None, zone: ZoneInfo) -> dt.datetime | None:
    """A text may hold a time without a zone: it is read in the incident's."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone)
