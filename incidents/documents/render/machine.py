"""The renderer: Python-Markdown with its extensions, set up for people's texts.

It gets a text whose blocks have been found and set anew (see `rewrite`), so its
own rules for what they guess at are off: indented code, underlined headings,
named links, HTML.
"""

import string
import threading
from xml.etree.ElementTree import Element

from markdown import Markdown
from pymdownx import emoji

from incidents.documents.render import notes, patterns, tasks
from incidents.documents.render.reader import Text
from incidents.documents.render.rewrite import rewrite
from incidents.documents.render.stash import Stash

_EXTENSIONS = [
    "markdown.extensions.admonition",
    "markdown.extensions.sane_lists",
    "markdown.extensions.tables",
    "pymdownx.betterem",
    "pymdownx.emoji",
    "pymdownx.quotes",
    "pymdownx.saneheaders",
    "pymdownx.tilde",
]
_SETTINGS = {
    "pymdownx.emoji": {"emoji_index": emoji.gemoji, "emoji_generator": emoji.to_alt},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.tilde": {"subscript": False},
}


class Machine(threading.local):
    """One renderer a thread: it remembers the text that it is working on."""

    def __init__(self) -> None:
        self._md = Markdown(
            extensions=[*_EXTENSIONS, notes.Notes()], extension_configs=_SETTINGS
        )
        self._md.ESCAPED_CHARS = list(string.punctuation)
        self.pieces = Stash(self._md.htmlStash)
        for guess in ("code", "setextheader", "reference"):
            self._md.parser.blockprocessors.deregister(guess)
        # Our own numbers and ways back follow the order in which people read.
        self._md.treeprocessors.deregister("footnote-duplicate")
        patterns.install(self._md, self.pieces)
        tasks.install(self._md, self.pieces)

    def tree(self, text: Text) -> Element:
        """The elements of a text."""
        self._md.reset()
        self.pieces.clear()
        self._md.references.update(text.references)
        lines = rewrite(text, self.pieces)
        root = Element("div")
        self._md.parser.parseChunk(root, "\n".join(lines))
        for step in self._md.treeprocessors:
            step.run(root)
        return root

    def html(self, root: Element) -> str:
        """The elements as HTML. It is not safe before `wall.clean` has seen it."""
        self.pieces.write()
        written: str = self._md.serializer(root)
        for step in self._md.postprocessors:
            written = step.run(written)
        return written.strip().removeprefix("<div>").removesuffix("</div>").strip()
