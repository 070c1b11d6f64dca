"""What an import proposes, as the object that scripts read.

The names and the shape are a contract with people's scripts: keys are added,
never renamed.
"""

from typing import Any

from incidents.documents.document import Action, Document, Entry, Section
from incidents.documents.kinds import ActionState
from incidents.documents.parse import Parsed


def as_import(parsed: Parsed) -> dict[str, Any]:
    """The import object of one document; absent facts are None."""
    document = parsed.document
    return {
        **_facts(document),
        "duration_minutes": parsed.duration_minutes,
        "users_affected_percent": _percent(document),
        "users_affected_count": document.users_affected_count,
        "detection": document.detection.value if document.detection else None,
        "services": list(document.services),
        "tags": list(document.tags),
        "authors": [
            one.person.name for one in document.participants if one.role == "author"
        ],
        "sections": [_section(section) for section in document.sections],
        "timeline": [_entry(entry) for entry in document.timeline],
        "action_items": [_action(action) for action in document.actions],
        "warnings": [remark.sentence for remark in parsed.warnings],
        "source": parsed.source,
    }


def _facts(document: Document) -> dict[str, Any]:
    moments = ("started_at", "detected_at", "mitigated_at", "resolved_at")
    times = {name: getattr(document, name) for name in moments}
    return {
        "title": document.title,
        "severity": document.severity,
        "timezone": document.zone,
        **{name: at.isoformat() if at else None for name, at in times.items()},
    }


def _percent(document: Document) -> int | float | None:
    share = document.users_affected_percent
    if share is None:
        return None
    return int(share) if share == share.to_integral_value() else float(share)


def _section(section: Section) -> dict[str, str]:
    return {"kind": section.kind.value, "title": section.title, "body": section.body}


def _entry(entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {
        "at": entry.at.isoformat() if entry.at else None,
        "as_written": entry.as_written,
        "kind": entry.kind.value,
        "text": entry.text,
    }
    if entry.until:
        row["until"] = entry.until.isoformat()
    if entry.derived:
        row["derived"] = True
    return row


def _action(action: Action) -> dict[str, Any]:
    return {
        "text": action.text,
        "done": action.state is ActionState.DONE,
        "state": action.state.value,
        "owner": action.owner.name if action.owner else None,
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "url": action.url or None,
        "kind": action.kind.value if action.kind else None,
        "priority": action.priority.value if action.priority else None,
    }
