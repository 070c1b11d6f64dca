"""`- [x]` becomes a ticked box that says so to those who hear the page."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from incidents.documents.render.stash import Piece, Stash

_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")


def install(md: Markdown, pieces: Stash) -> None:
    """Before running text is read, where `[x]` may be a link."""
    md.treeprocessors.register(_Tasks(md, pieces), "tasks", 25)


class _Tasks(Treeprocessor):
    def __init__(self, md: Markdown, pieces: Stash) -> None:
        super().__init__(md)
        self._pieces = pieces

    def run(self, root: Element) -> None:
        for parent in root.iter():
            for item in parent:
                if item.tag == "li" and self._draw(item):
                    item.set("class", "task-list-item")
                    parent.set("class", "task-list")

    def _draw(self, item: Element) -> bool:
        line = item[0] if len(item) and item[0].tag == "p" else item
        match = _TASK.match(line.text or "")
        if match is None or line.text is None:
            return False
        box = _box(done=match[1] != " ")
        line.text = self._pieces.keep(box) + line.text[match.end() :]
        return True


def _box(*, done: bool) -> Piece:
    name, checked, said = ("Done", ' checked=""', "[x] ")
    if not done:
        name, checked, said = ("Not done", "", "[ ] ")
    return Piece(
        f'<input type="checkbox" disabled="" aria-label="{name}"{checked}> ', said
    )
