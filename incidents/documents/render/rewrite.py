"""Writes the blocks of a text as the renderer reads them, whoever typed them.

Every paragraph stands on one line with a blank line around it, whatever is
inside a list stands four spaces in, every fence is closed and put aside.
"""

import re
from collections.abc import Callable, Iterator

from markdown_it.tree import SyntaxTreeNode

from incidents.documents.render import raw, stash
from incidents.documents.render.lines import Lines
from incidents.documents.render.reader import Nodes, Text
from incidents.documents.render.rows import parted

_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.I)
_ALIGNED = {"left": ":---", "right": "---:", "center": ":---:"}
_INDENT = 4
_LISTS = ("bullet_list", "ordered_list")


def rewrite(text: Text, pieces: stash.Stash) -> list[str]:
    """The lines of a text in the renderer's own Markdown."""
    writer = _Writer(pieces)
    written = writer.blocks(text.blocks)
    for label, blocks in text.notes.items():
        written += ["", *writer.under(f"[^{label}]: ", blocks)]
    return written


class _Writer:
    def __init__(self, pieces: stash.Stash) -> None:
        self._pieces = pieces
        self._lines = Lines(pieces)
        self._write: dict[str, Callable[[SyntaxTreeNode], list[str]]] = {
            "paragraph": self._paragraph,
            "heading": self._heading,
            "hr": lambda rule: ["---"],
            "fence": self._code,
            "code_block": self._code,
            "html_block": self._typed,
            "blockquote": self._quote,
            "bullet_list": self._list,
            "ordered_list": self._list,
            "admonition": self._box,
            "table": self._table,
        }

    def blocks(self, nodes: Nodes) -> list[str]:
        lines: list[str] = []
        last = ""
        for node in nodes:
            if node.type in _LISTS and node.type == last:
                lines += ["", self._pieces.nothing]  # or they would become one list
            written = self._write[node.type](node)
            if written:
                lines += ["", *written] if lines else written
                last = node.type
        return lines

    def under(self, marker: str, nodes: Nodes, *, tight: bool = False) -> list[str]:
        """Blocks that belong to a marker: the first line beside it, the rest below."""
        first, rest = self._pieces.nothing, nodes
        if nodes and nodes[0].type == "paragraph":
            first, rest = self._paragraph(nodes[0])[0], nodes[1:]
        below = _indented(self.blocks(rest))
        gap = [""] if below and not tight else []
        return [marker + first, *gap, *below]

    def _paragraph(self, node: SyntaxTreeNode) -> list[str]:
        return [self._lines.paragraph(parted(_content(node)))]

    def _heading(self, node: SyntaxTreeNode) -> list[str]:
        words = self._lines.heading(_content(node))
        return [f"{'#' * int(node.tag[1])} {words}"] if words else []

    def _code(self, node: SyntaxTreeNode) -> list[str]:
        return [self._pieces.keep(stash.code(node.content, node.info))]

    def _typed(self, node: SyntaxTreeNode) -> list[str]:
        return [self._pieces.keep(raw.Block(node.content))]

    def _quote(self, node: SyntaxTreeNode) -> list[str]:
        nodes = node.children
        opening: list[str] = []
        if nodes and (alert := _alert(nodes[0])):
            rest = _content(nodes[0])[alert.end() :]
            opening = [f"[!{alert[1]}]", ""]
            opening += [self._lines.paragraph(rest), ""] if rest else []
            nodes = nodes[1:]
        return [f"> {line}".rstrip() for line in opening + self.blocks(nodes)]

    def _list(self, node: SyntaxTreeNode) -> list[str]:
        tight = _is_tight(node)
        lines: list[str] = []
        for marker, item in zip(_markers(node), node.children, strict=False):
            gap = [""] if lines and not tight else []
            lines += gap + self.under(marker, item.children, tight=tight)
        return lines

    def _box(self, node: SyntaxTreeNode) -> list[str]:
        title = self._lines.running(node.meta["title"])
        opening = f'!!! {node.meta["kind"]} "{title}"'
        return [opening, "", *_indented(self.blocks(node.children))]

    def _table(self, node: SyntaxTreeNode) -> list[str]:
        rows = [row for part in node.children for row in part.children]
        aligned = [_alignment(cell) for cell in rows[0].children]
        head, *body = [list(map(self._cell, row.children)) for row in rows]
        return [f"| {' | '.join(cells)} |" for cells in (head, aligned, *body)]

    def _cell(self, node: SyntaxTreeNode) -> str:
        return self._lines.cell(_content(node))


def _content(node: SyntaxTreeNode) -> str:
    return "".join(child.content for child in node.children)


def _alert(node: SyntaxTreeNode) -> re.Match[str] | None:
    return _ALERT.match(_content(node)) if node.type == "paragraph" else None


def _indented(lines: list[str]) -> list[str]:
    return [" " * _INDENT + line if line else "" for line in lines]


def _is_tight(node: SyntaxTreeNode) -> bool:
    """Only lines of text and tight lists under them can stand without gaps."""
    for item in node.children:
        if not item.children:
            return False
        first, *rest = item.children
        if first.type != "paragraph" or not first.hidden:
            return False
        if not all(child.type in _LISTS and _is_tight(child) for child in rest):
            return False
    return True


def _markers(node: SyntaxTreeNode) -> Iterator[str]:
    if node.type == "bullet_list":
        while True:
            yield "-".ljust(_INDENT)
    number = int(node.attrs.get("start", 1))
    while True:
        yield f"{number}. ".ljust(_INDENT)
        number += 1


def _alignment(cell: SyntaxTreeNode) -> str:
    style = str(cell.attrs.get("style", ""))
    return _ALIGNED.get(style.removeprefix("text-align:"), "---")
