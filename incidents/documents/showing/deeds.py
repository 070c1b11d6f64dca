"""What somebody did to a postmortem, in words that follow their name.

A deed is named by its kind (`section changed`) and carries the part before and
after, as a revision's events keep them.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from incidents.documents.kinds import ActionState

Values = Mapping[str, Any]
_SHORT: Final = 60

PARTS: Final = {
    "section": "the section",
    "entry": "the timeline entry",
    "action": "the action item",
    "factor": "the contributing factor",
}
VERBS: Final = ("added", "changed", "moved", "removed", "brought back", "verified")
STATES: Final[Mapping[str, str]] = {
    ActionState.OPEN: "opened {} again",
    ActionState.IN_PROGRESS: "took up {}",
    ActionState.DONE: "ticked {} as done",
    ActionState.DECLINED: "declined {}",
}
FACTS: Final = {
    "title": "the title",
    "severity": "the severity",
    "timezone": "the time zone",
    "started_at": "when it started",
    "detected_at": "when it was detected",
    "mitigated_at": "when it was mitigated",
    "resolved_at": "when it was resolved",
    "detection": "how it was noticed",
    "users_affected_percent": "the share of users affected",
    "users_affected_count": "the number of users affected",
    "services": "the services",
    "tags": "the tags",
    "owner": "the owner",
    "participants": "the participants",
}
OTHERS: Final[dict[str, Callable[[Values], str]]] = {
    "created": lambda after: "began the postmortem",
    "access changed": lambda after: "changed who may see it",
    "asked_for_review": lambda after: _asked(after),
    "approved": lambda after: "approved it as it stood",
    "changes_asked": lambda after: f"asked for changes: {quoted(after.get('word'))}",
    "back_to_draft": lambda after: "took it back to draft",
    "commented": lambda after: f"commented on {_about(after)}",
    "replied": lambda after: f"answered a comment on {_about(after)}",
    "comment_resolved": lambda after: f"resolved a comment on {_about(after)}",
    "comment_reopened": lambda after: f"reopened a comment on {_about(after)}",
    "published": lambda after: f"published version {after.get('version', 1)}",
    "readers asked": lambda after: "changed who is asked to read it",
    "readers reminded": lambda after: "reminded its readers",
    "featured": lambda after: "put it on top of the list",
    "not featured": lambda after: "took it from the top of the list",
    "withdrawn": lambda after: f"withdrew the report: {quoted(after.get('reason'))}",
    "reinstated": lambda after: "restored the report",
    "action snoozed": lambda after: (
        f"snoozed {_item(after)} until {after.get('until')}{_why(after)}"
    ),
    "action woken": lambda after: f"ended the snooze of {_item(after)}",
    "action unverified": lambda after: f"took back that {_item(after)} worked",
    "picture added": lambda after: f"added the picture {quoted(after.get('name'))}",
}


def deed(what: str, before: Values | None, after: Values | None) -> str:
    """What was done, without who did it: “changed the section “Impact””."""
    part, _, verb = what.partition(" ")
    if what in OTHERS:
        return OTHERS[what](after or {})
    if part == "facts":
        return _facts(before or {}, after or {})
    if part in PARTS and verb in VERBS:
        return _row(part, verb, before or {}, after or {})
    return what.replace("_", " ")


def quoted(text: object) -> str:
    """The beginning of a text between quotation marks, on one line."""
    line = " ".join(str(text or "").split())
    if len(line) > _SHORT:
        line = f"{line[: _SHORT - 1].rstrip()}…"
    return f"“{line}”" if line else "without words"


def _asked(after: Values) -> str:
    names = ", ".join(map(str, after.get("reviewers", ())))
    return f"asked {names} for a review" if names else "asked for a review"


def _item(after: Values) -> str:
    return f"{PARTS['action']} {quoted(after.get('text'))}"


def _about(after: Values) -> str:
    return quoted(after["about"]) if after.get("about") else "the whole"


def _facts(before: Values, after: Values) -> str:
    changed = [
        words for name, words in FACTS.items() if before.get(name) != after.get(name)
    ]
    if not changed:
        return "changed the facts"
    *first, last = changed
    return f"changed {', '.join(first)}{' and ' if first else ''}{last}"


def _row(part: str, verb: str, before: Values, after: Values) -> str:
    was, now = quoted(_called(before)), quoted(_called(after))
    name = f"{PARTS[part]} {now if _called(after) else was}"
    if verb == "changed" and part == "section" and was != now:
        return f"renamed the section {was} to {now}"
    if verb == "changed" and before.get("state") != after.get("state"):
        return STATES.get(after["state"], "changed {}").format(name) + _why(after)
    if verb == "changed" and part == "action":
        return _promise(name, before, after)
    return f"{verb} {name}"


def _promise(name: str, before: Values, after: Values) -> str:
    """Another date or another owner, which somebody waits for, is said by name."""
    if before.get("due_on") and before.get("due_on") != after.get("due_on"):
        to = f" to {after['due_on']}" if after.get("due_on") else " to no date"
        return f"moved {name} from {before['due_on']}{to}{_why(after)}"
    owner = after.get("owner") or {}
    if owner and before.get("owner") != owner:
        return f"gave {name} to {owner['name']}"
    return f"changed {name}"


def _why(after: Values) -> str:
    return f": {quoted(after['why'])}" if after.get("why") else ""


def _called(values: Values) -> str:
    return str(values.get("title") or values.get("text") or "")
