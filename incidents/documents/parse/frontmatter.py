"""Front matter: facts in YAML or TOML above the document."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from incidents.documents.parse.source import Slice, Source

LARGEST = 64_000
KEY = re.compile(r"^(?P<key>[\w][\w .-]*?)\s*[:=](?:\s|$)")


class _Loader(yaml.SafeLoader):
    """Plain values only: no dates, and no aliases that could grow without end."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in shapes if tag == "tag:yaml.org,2002:null"]
    for first, shapes in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(slots=True)
class FrontMatter:
    """What stood above the document; `after` is its first line after that."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Slice] = field(default_factory=dict)
    marks: list[Slice] = field(default_factory=list)
    after: int = 0
    failed: bool = False

    @property
    def title(self) -> str:
        named = (v for k, v in self.values.items() if k.casefold() == "title" and v)
        return str(next(named, ""))


def read_front_matter(source: Source) -> FrontMatter:
    """The front matter, empty where there is none."""
    first = next((n for n, line in enumerate(source.lines) if line.strip()), 0)
    mark = source.lines[first].rstrip()
    if mark not in ("---", "+++"):
        return FrontMatter()
    ends = (mark, "...") if mark == "---" else (mark,)
    last = next(
        (
            n
            for n in range(first + 1, len(source.lines))
            if source.lines[n].rstrip() in ends
        ),
        None,
    )
    if last is None or not _looks_like_keys(source, first + 1, last):
        return FrontMatter()
    found = FrontMatter(after=last + 1)
    found.marks = [source.slice(first, first + 1), source.slice(last, last + 1)]
    text = source.slice(first + 1, last).text
    values = _load(text, toml=mark == "+++") if len(text) <= LARGEST else None
    found.failed = values is None
    found.values = {str(key): value for key, value in (values or {}).items()}
    found.lines = dict(_groups(source, first + 1, last))
    return found


def _looks_like_keys(source: Source, first: int, last: int) -> bool:
    lines = [source.lines[n] for n in range(first, last) if source.lines[n].strip()]
    return bool(lines) and KEY.match(lines[0].lstrip("# ")) is not None


def _load(text: str, *, toml: bool) -> dict[Any, Any] | None:
    try:
        values = tomllib.loads(text) if toml else _load_yaml(text)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    return values if isinstance(values, dict) else None


def _load_yaml(text: str) -> Any:
    loader = _Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def _groups(source: Source, first: int, last: int) -> Iterator[tuple[str, Slice]]:
    """The lines of each top-level key."""
    start, key = first, ""
    for number in range(first, last):
        match = KEY.match(source.lines[number])
        if match:
            if number > start:
                yield key, source.slice(start, number)
            start, key = number, match["key"].strip()
    yield key, source.slice(start, last)
