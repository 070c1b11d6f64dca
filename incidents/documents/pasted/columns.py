"""Rows of cells: which column holds the time, the text and the rest."""

import re
from dataclasses import dataclass

from incidents.documents.kinds import EntryKind
from incidents.documents.pasted.line import Piece
from incidents.documents.times import read_time, zone_name

_NAMES = {
    "time": "time timestamp when at clock start from datetime date/time hora heure zeit"
    " uhrzeit zeitpunkt horário 時刻 日時 时间",
    "date": "date day fecha datum data dia 日付 日期",
    "end": "end until to finish bis hasta fin fim",
    "zone": "zone timezone tz",
    "kind": "kind type",
    "who": "who author name user person by owner actor",
    "text": "event text description what happened message details entry note notes"
    " action summary ereignis beschreibung descripción evento événement descrição"
    " 内容 事件 出来事",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}
_WORDS = re.compile(r"[^\s()\[\]*_:]+")
_KINDS = {
    word.lower(): kind
    for kind in EntryKind
    for word in (kind.value, kind.label, kind.value.replace("_", " "))
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column, and the zone that the time's head names."""

    roles: tuple[str, ...]
    names: tuple[str, ...]
    zone: str = ""

    def cell(self, role: str, cells: list[str]) -> str:
        pairs = zip(self.roles, cells, strict=False)
        return next((cell.strip() for at, cell in pairs if at == role), "")


def columns_of(head: list[str]) -> Columns | None:
    """The columns under a head row; None if no cell of it names a time."""
    read = [_role_of(cell) for cell in head]
    roles = [role for role, _ in read]
    if "time" not in roles and "date" not in roles:
        return None
    if "text" not in roles:
        place = roles.index("") if "" in roles else None
        if place is None:
            return None
        roles[place] = "text"
    zone = next((zone for _, zone in read if zone), "")
    names = tuple(cell.strip(" *_") for cell in head)
    return Columns(_first_of_each(roles), names, zone)


def columns_from_row(cells: list[str]) -> Columns | None:
    """The columns of a table without a head, seen from one of its rows."""
    times = [_is_time(cell) for cell in cells]
    if True not in times or times.count(True) == len(cells):
        return None
    roles = [""] * len(cells)
    first = times.index(True)
    alone = read_time(cells[first])
    roles[first] = "time"
    if alone and alone.clock is None and times[first + 1 : first + 2] == [True]:
        roles[first], roles[first + 1] = "date", "time"
    roles[roles.index("")] = "text"
    return Columns(tuple(roles), ("",) * len(cells))


def fill(piece: Piece, columns: Columns, cells: list[str]) -> None:
    """Read a row's cells into its piece."""
    time = columns.cell("time", cells)
    end = columns.cell("end", cells)
    words = [columns.cell("date", cells), f"{time} - {end}" if end else time]
    said = " ".join(filter(None, (*words, columns.cell("zone", cells))))
    piece.written = read_time(said)
    piece.zone = columns.zone
    piece.author = columns.cell("who", cells)
    kind = columns.cell("kind", cells)
    piece.kind = _KINDS.get(kind.lower())
    piece.body = [_text(columns, cells, "" if piece.kind else kind)]
    if piece.written is None:
        piece.reason = f"“{said}” is not a time." if said else "The time is missing."


def _text(columns: Columns, cells: list[str], kind: str) -> str:
    """The text cell, and every further cell behind it with its column's name."""
    roles = columns.roles + ("",) * (len(cells) - len(columns.roles))
    names = columns.names + ("",) * (len(cells) - len(columns.names))
    further = [
        f"{name}: {cell.strip()}" if name else cell.strip()
        for role, name, cell in zip(roles, names, cells, strict=False)
        if not role and cell.strip()
    ]
    further += [kind] if kind else []
    text = columns.cell("text", cells)
    return f"{text} ({', '.join(further)})" if further else text


def _role_of(cell: str) -> tuple[str, str]:
    """A head cell's role, with the zone that it names: `Time (UTC)`."""
    words = _WORDS.findall(cell)
    roles = [_ROLES.get(word.lower(), "") for word in words]
    rest = " ".join(word for word, role in zip(words, roles, strict=True) if not role)
    zone = zone_name(rest) if rest else None
    if zone:
        return next(filter(None, roles), "time"), zone
    role = roles[0] if roles and not rest else ""
    return ("time" if roles == ["date", "time"] else role), ""


def _first_of_each(roles: list[str]) -> tuple[str, ...]:
    """A second column of the same role is one more detail of the text."""
    return tuple("" if role in roles[:at] else role for at, role in enumerate(roles))


def _is_time(cell: str) -> bool:
    return read_time(cell) is not None
