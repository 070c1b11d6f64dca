"""What a page adds to plain Markdown: boxes to tick, frames, notes, ways back.

Each function changes tokens in place or answers new ones. What is written here
as HTML is ours, not the writer's, and still goes through the wall.
"""

import html
import re
from collections.abc import Iterator

from markdown_it.token import Token

from incidents.documents.render import text
from incidents.documents.render.emoji import named
from incidents.documents.render.links import Places, is_image

_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")
_LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{1,40}")
_MOST_WAYS_BACK = 20
_ALIGNED = re.compile(r"text-align:(left|center|right)")


def limit_links(tokens: list[Token], most: int) -> None:
    """Let addresses fill `most` characters together; further ones are left out.

    A long address is typed once and can be named ten thousand times.
    """
    for line in _lines(tokens):
        for child in line.children or ():
            most -= sum(len(str(value)) for value in child.attrs.values())
            if most < 0:
                child.attrs = {}


def lead_links(tokens: list[Token], places: Places) -> None:
    """Let each link lead where it may; one that may not becomes its words."""
    for line in _lines(tokens):
        open_links: list[bool] = []
        for child in line.children or ():
            if child.type == "link_open":
                attributes = places.attributes(str(child.attrs.get("href", "")))
                open_links.append(attributes is not None)
                title = {key: v for key, v in child.attrs.items() if key == "title"}
                child.attrs = {**(attributes or {}), **title}
            if child.type in ("link_open", "link_close") and not open_links[-1]:
                child.type, child.tag, child.content = "text", "", ""
                child.nesting, child.attrs = 0, {}
            if child.type == "link_close":
                open_links.pop()


def show_images(tokens: list[Token]) -> None:
    """Load pictures late and only from where they may be; else say their words."""
    for line in _lines(tokens):
        for child in line.children or ():
            if child.type != "image":
                continue
            words = text.of_line(child)
            if is_image(str(child.attrs.get("src", ""))):
                child.attrs["alt"] = words
                child.attrs["loading"] = "lazy"
                child.children = [Token("text", "", 0, content=words)]
            else:
                child.type, child.tag, child.content = "text", "", words


def name_emoji(tokens: list[Token]) -> None:
    for line in _lines(tokens):
        for child in line.children or ():
            if child.type == "text":
                child.content = named(child.content)


def draw_tasks(tokens: list[Token]) -> None:
    """`- [x]` becomes a ticked box that says so to those who hear the page."""
    lists: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and _draw_task(
            tokens[index + 1 : index + 3]
        ):
            token.attrs = {"class": "task-list-item"}
            lists[-1].attrs["class"] = "task-list"


def _draw_task(first: list[Token]) -> bool:
    if [token.type for token in first] != ["paragraph_open", "inline"]:
        return False
    children = first[1].children
    if not children or children[0].type != "text":
        return False
    match = _TASK.match(children[0].content)
    if match is None:
        return False
    children[0].content = children[0].content[match.end() :]
    done = match[1] != " "
    children.insert(0, _ours("html_inline", _checkbox(done=done)))
    return True


def _checkbox(*, done: bool) -> str:
    name, checked = ("Done", ' checked=""') if done else ("Not done", "")
    return f'<input type="checkbox" disabled="" aria-label="{name}"{checked}> '


def frame(tokens: list[Token]) -> list[Token]:
    """Let wide things scroll in a frame of their own, by keyboard as well."""
    return [framed for token in tokens for framed in _framed(token)]


def _framed(token: Token) -> Iterator[Token]:
    if token.type in ("fence", "code_block"):
        yield _ours("html_block", _code(token))
    elif token.type == "table_open":
        yield _ours("html_block", '<div class="table-scroll" tabindex="0">\n')
        yield token
    elif token.type == "table_close":
        yield token
        yield _ours("html_block", "</div>\n")
    else:
        if aligned := _ALIGNED.fullmatch(str(token.attrs.pop("style", ""))):
            token.attrs["class"] = f"align-{aligned[1]}"
        yield token


def _code(token: Token) -> str:
    language = _LANGUAGE.match(token.info.strip())
    kind = f' class="language-{language[0]}"' if language else ""
    return f'<pre tabindex="0"><code{kind}>{html.escape(token.content)}</code></pre>\n'


def set_notes(tokens: list[Token], prefix: str) -> None:
    """Write the marks of footnotes, and the ways there and back."""
    ids = f"{prefix}-" if prefix else ""
    for token in tokens:
        if token.type.startswith("footnote"):
            _ours_instead(token, "html_block", _note(token, ids))
        for child in token.children or ():
            if child.type == "footnote_mention":
                _ours_instead(child, "html_inline", _mention(child, ids))


def _note(token: Token, ids: str) -> str:
    number = token.meta.get("number")
    match token.type:
        case "footnotes_open":
            return '<section class="footnotes">\n<ol>\n'
        case "footnotes_close":
            return "</ol>\n</section>\n"
        case "footnote_open":
            return f'<li id="{ids}note.{number}">\n'
        case _:
            mentioned = min(token.meta["mentions"], _MOST_WAYS_BACK)
            mentions = range(1, mentioned + 1)
            ways = " ".join(_way_back(ids, number, mention) for mention in mentions)
            return f"{ways}</li>\n"


def _way_back(ids: str, number: int | None, mention: int) -> str:
    again = f", mention {mention}" if mention > 1 else ""
    return (
        f'<a class="footnote-back" href="#{ids}mention.{number}.{mention}"'
        f' aria-label="Back to the text at note {number}{again}">↩</a>'
    )


def _mention(token: Token, ids: str) -> str:
    number, mention = token.meta["number"], token.meta["mention"]
    return (
        f'<sup class="footnote-mention" id="{ids}mention.{number}.{mention}">'
        f'<a href="#{ids}note.{number}">{number}</a></sup>'
    )


def _lines(tokens: list[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.type == "inline")


def _ours(kind: str, content: str) -> Token:
    return Token(kind, "", 0, content=content)


def _ours_instead(token: Token, kind: str, content: str) -> None:
    token.type, token.content, token.nesting = kind, content, 0
