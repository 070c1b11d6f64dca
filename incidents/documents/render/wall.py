"""The last wall: whatever the rooms before it wrote, only this comes out."""

import re
from collections.abc import Callable

import nh3

from incidents.documents.render.tags import TYPED

TAGS = TYPED | {"input", "section"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id"},
    "a": {"href", "title", "rel", "aria-label"},
    "abbr": {"title"},
    "details": {"open"},
    "div": {"tabindex", "role", "aria-label"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "input": {"type", "disabled", "checked", "aria-label"},
    "ol": {"start"},
    "pre": {"tabindex", "role", "aria-label"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CLASSES = re.compile(
    r"language-[A-Za-z0-9_+#.-]+|align-(?:left|center|right)|table-scroll"
    r"|task-list|task-list-item|footnotes|footnote-back|footnote-mention"
    r"|admonition(?: [a-z]+)?|admonition-title"
)


def clean(html: str, prefix: str) -> str:
    """Let through what is allowed, with no id that is not the text's own."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_filter(f"{prefix}-" if prefix else ""),
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _filter(ids: str) -> Callable[[str, str, str], str | None]:
    def keep(_tag: str, name: str, value: str) -> str | None:
        if name == "class":
            return value if _CLASSES.fullmatch(value) else None
        if name == "id":
            return value if value.startswith(ids) else None
        return value

    return keep
