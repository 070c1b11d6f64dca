"""Two changes of one thing, joined where they do not touch."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from incidents.documents.comparing.merge import merge

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Joined(Generic[Value]):
    """What both wanted, as far as it can be joined; and the fields where it can't."""

    value: Value
    theirs: Value
    clashes: frozenset[str]


def reconcile(
    base: Value | None, mine: Value, theirs: Value, texts: Collection[str]
) -> Joined[Value]:
    """Join two changes of `base`, field by field, texts word by word.

    Without a base nobody can say who changed what: all that differs clashes.
    """
    joined: dict[str, Any] = {}
    clashes: set[str] = set()
    for name in compared(mine):
        was = getattr(base, name) if base is not None else None
        own, other = getattr(mine, name), getattr(theirs, name)
        joined[name], clean = join(was, own, other, as_text=name in texts)
        if not clean or (base is None and own != other):
            clashes.add(name)
    return Joined(replace(theirs, **joined), theirs, frozenset(clashes))


def compared(value: "DataclassInstance") -> list[str]:
    return [field.name for field in fields(value) if field.compare]


def join(was: Any, own: Any, other: Any, *, as_text: bool) -> tuple[Any, bool]:
    if own in (other, was):
        return other, True
    if other == was:
        return own, True
    if as_text:
        merged = merge(was or "", own, other)
        return merged.text, merged.clean
    return own, False
