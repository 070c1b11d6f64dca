"""What a wiki or a tracker writes instead of Markdown, for texts that came from one.

`||Time||Event||` above `|10:00|Paged|` is a table, as are two such rows without a
head; what stands between two
`{noformat}` or `{code}` is code, and between two `{panel}`, `{info}` and the like a
box that stands out. A mark that is never closed stays what it is: words.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_HEAD = re.compile(r"\|\|.*\S.*\|\|$")
_ROW = re.compile(r"\|.*\|$")
_RULED = re.compile(r"[\s|:-]+$")
# A link, "[words|address]", is one cell, and so is "{status:colour=Red|title=Open}".
_CELL = re.compile(
    r"(?:\[[^\[\]|]{1,200}\|[^\[\]|\s]{1,500}\]|\{\w{2,10}:[^{}]{1,120}\}|\\\||[^|])*"
)
_MARK = re.compile(r"\{(?P<name>\w{2,10})(?::(?P<said>[^{}]{0,120}))?\}$")
_ONE_LINE = re.compile(
    r"\{(?P<name>\w{2,10})(?::(?P<said>[^{}]{0,120}))?\}(?P<words>[^{}]+)\{(?P=name)\}$"
)
_TITLE = re.compile(r"(?:^|\|)title=([^|]+)")
_CODE = frozenset({"noformat", "code"})
_BOXES = {
    "panel": "note",
    "info": "info",
    "note": "note",
    "tip": "tip",
    "warning": "warning",
}
_MOST_COLUMNS, _MOST_FILLED = 60, 2_000


def install(parser: MarkdownIt) -> None:
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "wiki_code", _code, {"alt": ends})
    parser.block.ruler.before("fence", "wiki_box", _box, {"alt": ends})
    parser.block.ruler.before("table", "wiki_table", _table, {"alt": ends})


def _line(state: StateBlock, number: int) -> str:
    start = state.bMarks[number] + state.tShift[number]
    return state.src[start : state.eMarks[number]].rstrip()


def _opening(state: StateBlock, start: int) -> re.Match[str] | None:
    if state.is_code_block(start):
        return None
    line = _line(state, start)
    return _MARK.match(line) if line.startswith("{") else None


def _closing(state: StateBlock, start: int, end: int, name: str) -> int | None:
    """The line that has the same mark again; what has none is looked for once."""
    vain: set[tuple[str, int]] = state.env.setdefault("never closed", set())
    if (name, end) in vain:
        return None
    lines = range(start + 1, end)
    found = next((n for n in lines if _line(state, n) == f"{{{name}}}"), None)
    if found is None:
        vain.add((name, end))
    return found


def _code(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    mark = _opening(state, start)
    if mark is None or mark["name"] not in _CODE:
        return False
    close = _closing(state, start, end, mark["name"])
    if close is None or silent:
        return close is not None
    code = state.push("fence", "code", 0)
    language = re.match(r"\w+$", mark["said"] or "")
    code.info = language[0] if language else ""
    code.content = state.getLines(start + 1, close, state.sCount[start], True)
    code.map, state.line = [start, close + 1], close + 1
    return True


def _box(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = "" if state.is_code_block(start) else _line(state, start)
    whole = _ONE_LINE.match(line)
    mark = whole or _opening(state, start)
    if mark is None or mark["name"] not in _BOXES:
        return False
    close = start if whole else _closing(state, start, end, mark["name"])
    if close is None or silent:
        return close is not None
    kind = _BOXES[mark["name"]]
    title = _TITLE.search(mark["said"] or "")
    opening = state.push("admonition_open", "div", 1)
    opening.meta = {"kind": kind, "title": title[1] if title else kind.capitalize()}
    outer = state.parentType, state.lineMax
    state.parentType, state.lineMax = "admonition", close
    if whole:
        state.push("paragraph_open", "p", 1)
        _words(state, whole["words"].strip())
        state.push("paragraph_close", "p", -1)
    else:
        state.md.block.tokenize(state, start + 1, close)
    state.parentType, state.lineMax = outer
    state.push("admonition_close", "div", -1)
    state.line = close + 1
    return True


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    head = line.strip("|").split("||") if _HEAD.match(line) else []
    columns = len(head) or _headless(state, start, end)
    first = start + 1 if head else start
    rows = _rows(state, first, end, columns) if columns else []
    if not rows or columns > _MOST_COLUMNS or silent:
        return bool(rows) and columns <= _MOST_COLUMNS
    state.push("table_open", "table", 1).map = [start, first + len(rows)]
    if head:
        _part(state, "thead", "th", [[cell.strip() for cell in head]])
    _part(state, "tbody", "td", [_fitting(row, columns) for row in rows])
    state.push("table_close", "table", -1)
    state.line = first + len(rows)
    return True


def _headless(state: StateBlock, start: int, end: int) -> int:
    """How many cells two rows have that start a table without a head; else 0.

    Rows of a table that has begun are its own.
    """
    if state.parentType == "table":
        return 0
    lines = [_line(state, number) for number in range(start, min(start + 2, end))]
    if len(lines) < 2 or not all(map(_ROW.match, lines)) or _RULED.match(lines[1]):
        return 0
    one, other = (len(_cells(line[1:-1])) for line in lines)
    return one if one == other > 1 else 0


def _rows(state: StateBlock, start: int, end: int, columns: int) -> list[list[str]]:
    """The rows from one on; few cells may be missing in all the tables of a text."""
    rows: list[list[str]] = []
    missing = state.env.get("missing", 0)
    for number in range(start, end):
        line = _line(state, number)
        if not _ROW.match(line) or line.startswith("||") or missing > _MOST_FILLED:
            break
        rows.append(_cells(line[1:-1]))
        missing += max(0, columns - len(rows[-1]))
    state.env["missing"] = missing
    return rows


def _cells(words: str) -> list[str]:
    cells, at = [], 0
    while at <= len(words):
        match = _CELL.match(words, at)
        cells.append(match[0].strip() if match else "")
        at = (match.end() if match else at) + 1
    return cells


def _fitting(cells: list[str], columns: int) -> list[str]:
    """As many cells as the head has; what is too much goes into the last one."""
    last = " ".join(cells[columns - 1 :])
    return [*cells[: columns - 1], last, *[""] * (columns - max(len(cells), 1))]


def _words(state: StateBlock, words: str) -> None:
    inline = state.push("inline", "", 0)
    inline.content, inline.children = words, []


def _part(state: StateBlock, part: str, tag: str, rows: list[list[str]]) -> None:
    state.push(f"{part}_open", part, 1)
    for cells in rows:
        state.push("tr_open", "tr", 1)
        for words in cells:
            state.push(f"{tag}_open", tag, 1)
            _words(state, words)
            state.push(f"{tag}_close", tag, -1)
        state.push("tr_close", "tr", -1)
    state.push(f"{part}_close", part, -1)
