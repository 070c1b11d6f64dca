"""What a fixture promises, and how an import is held to it.

Each document has a YAML file beside it, written by hand. It says as much as it
wants to; what it does not name is free.
"""

import datetime as dt
from typing import Any

import yaml

from incidents.documents.importing.as_import import as_import
from incidents.documents.parse import Parsed

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
MOMENTS = ("started_at", "detected_at", "mitigated_at", "resolved_at")


class _Loader(yaml.SafeLoader):
    """Times stay as they are written."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in shapes if not tag.endswith("timestamp")]
    for first, shapes in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(text: str) -> dict[str, Any]:
    expected = _Loader(text).get_single_data()
    assert isinstance(expected, dict)
    return expected


def differences(parsed: Parsed, expected: dict[str, Any]) -> list[str]:
    """What the import has otherwise than expected, a line each."""
    found = as_import(parsed)
    wrong: list[str] = []
    for key, want in expected.items():
        have = _have(key, found, parsed)
        if key == "timeline":
            wrong += _rows(have, want, _entry_differs)
        elif key == "actions":
            wrong += _rows(have, want, _action_differs)
        elif key == "contains":
            wrong += [
                f"{t}: no {w!r}" for t, w in want.items() if w not in have.get(t, "")
            ]
        elif key in MOMENTS:
            wrong += [] if same_moment(have, want) else [f"{key}: {have}, not {want}"]
        elif have != want:
            wrong.append(f"{key}: {have!r}, not {want!r}")
    return wrong


def _have(key: str, found: dict[str, Any], parsed: Parsed) -> Any:
    if key == "sections":
        return [[s["kind"], s["title"]] for s in found["sections"]]
    if key == "contains":
        return {s["title"]: s["body"] for s in found["sections"]}
    if key == "actions":
        return found["action_items"]
    if key == "users":
        return found["users_affected_percent"]
    if key == "people":
        return found["users_affected_count"]
    if key == "warnings":
        return len(parsed.warnings)
    return found[key]


def _rows(have: list[Any], want: list[Any], differs: Any) -> list[str]:
    if len(have) != len(want):
        texts = [row["text"][:40] for row in have]
        return [f"{len(have)} rows, not {len(want)}: {texts}"]
    return [w for h, e in zip(have, want, strict=True) for w in differs(h, e)]


def _entry_differs(have: dict[str, Any], want: list[Any]) -> list[str]:
    at, as_written, text = want[:3]
    wrong = [] if same_moment(have["at"], at) else [f"at {have['at']}, not {at}"]
    if have["as_written"] != (as_written or ""):
        wrong.append(f"as_written {have['as_written']!r}, not {as_written!r}")
    if not have["text"].startswith(str(text)):
        wrong.append(f"text {have['text'][:60]!r}, not {text!r}")
    for name, value in (want[3] if len(want) > 3 else {}).items():
        if name == "has":
            wrong += (
                [] if value in have["text"] else [f"{have['text']!r} has no {value!r}"]
            )
        elif name == "until":
            wrong += (
                []
                if same_moment(have.get("until"), value)
                else [f"until {have.get('until')}"]
            )
        elif have.get(name) != value:
            wrong.append(f"{name} {have.get(name)!r}, not {value!r}")
    return wrong


def _action_differs(have: dict[str, Any], want: Any) -> list[str]:
    want = {"text": want} if isinstance(want, str) else want
    wrong = []
    for name, value in {"done": False, "owner": None, "due_on": None, **want}.items():
        if name == "whole":
            same = have["text"] == value
            wrong += [] if same else [f"text {have['text'][:80]!r}, not {value!r}"]
        elif name in ("text", "has"):
            fits = (
                value in have["text"]
                if name == "has"
                else have["text"].startswith(value)
            )
            wrong += [] if fits else [f"text {have['text'][:80]!r}, not {value!r}"]
        elif have[name] != value:
            wrong.append(
                f"{name} {have[name]!r}, not {value!r} in {have['text'][:30]!r}"
            )
    return wrong


def same_moment(have: str | None, want: str | None) -> bool:
    if have is None or want is None:
        return have is want
    one, other = dt.datetime.fromisoformat(have), dt.datetime.fromisoformat(want)
    return (one.tzinfo is None) == (other.tzinfo is None) and one == other
