"""Parts of pages that are drawn once for all who are shown the same."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import count
from threading import Lock
from typing import Any, Final

from django import template
from django.forms import BoundField
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.crypto import get_random_string
from django.utils.safestring import SafeString

register = template.Library()

# Letters of all parts together.
MOST: Final = 8_000_000
# Stands in what is kept for the token of whoever is shown it.
TOKEN: Final = get_random_string(32)


class Kept:
    """What was drawn, by what it shows. What nobody was shown for longest goes."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self.drawn: OrderedDict[tuple[object, ...], str] = OrderedDict()
        self.lock = Lock()

    def get(self, key: tuple[object, ...]) -> str | None:
        with self.lock:
            found = self.drawn.get(key)
            if found is not None:
                self.drawn.move_to_end(key)
            return found

    def put(self, key: tuple[object, ...], html: str) -> None:
        with self.lock:
            self.size += len(html) - len(self.drawn.get(key, ""))
            self.drawn[key] = html
            while self.size > self.most:
                _, gone = self.drawn.popitem(last=False)
                self.size -= len(gone)

    def clear(self) -> None:
        with self.lock:
            self.drawn.clear()
            self.size = 0


KEPT = Kept()
Values = Mapping[str, Any]
# Each part of a template has a number of its own, as long as it is loaded.
PLACES = count()


class KeptNode(template.Node):
    def __init__(
        self, place: int, shown: list[FilterExpression], nodelist: NodeList
    ) -> None:
        self.place, self.shown, self.nodelist = place, shown, nodelist

    def render(self, context: Context) -> SafeString:
        values = (repr(part.resolve(context)) for part in self.shown)
        key = (self.place, *values)
        html = KEPT.get(key)
        if html is None:
            with context.push(csrf_token=TOKEN):
                html = self.nodelist.render(context)
            KEPT.put(key, html)
        if TOKEN in html:
            html = html.replace(TOKEN, str(context["csrf_token"]))
        # Drawn by these very nodes, which have escaped what they show.
        return SafeString(html)


class MouldNode(template.Node):
    """Drawn once with stand-ins for its values, and then filled with them."""

    def __init__(self, values: FilterExpression, nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self.casts: dict[tuple[str, ...], str] = {}

    def render(self, context: Context) -> SafeString:
        values = self.values.resolve(context)
        given = {name: escaped(value) for name, value in flat(values)}
        shape = tuple(given)
        cast = self.casts.get(shape)
        if cast is None:
            cast = self.casts[shape] = self.cast(context.new(standing_in(values)))
        # Drawn by these very nodes; the values are escaped above.
        return SafeString(cast.format_map(given))

    def cast(self, context: Context) -> str:
        """What is drawn of the stand-ins, as a text to be filled."""
        drawn = self.nodelist.render(context)
        parts = drawn.replace("{", "{{").replace("}", "}}").split(TOKEN)
        parts[1::2] = [f"{{{name}}}" for name in parts[1::2]]
        return "".join(parts)


def escaped(value: object) -> str:
    """As a template prints it, in less time."""
    return value if isinstance(value, SafeString) else escape(str(value))


def flat(values: Values, before: str = "") -> Iterator[tuple[str, object]]:
    """Each value that is not empty, those of lists with their places."""
    for name, value in values.items():
        if isinstance(value, list):
            for place, row in enumerate(value):
                yield from flat(row, f"{before}{name}_{place}_")
        elif value:
            yield before + name, value


def standing_in(values: Values, before: str = "") -> dict[str, object]:
    """In place of each value a text that says its name; what is empty stays so."""
    found: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, list):
            rows = enumerate(value)
            found[name] = [
                standing_in(row, f"{before}{name}_{place}_") for place, row in rows
            ]
        else:
            found[name] = f"{TOKEN}{before}{name}{TOKEN}" if value else ""
    return found


@register.filter
def drawn(field: BoundField) -> SafeString:
    """A field that is drawn once for what it shows; its choices are always the same."""
    key = (type(field.form), field.html_name, repr(field.value()), repr(field.errors))
    html = KEPT.get(key)
    if html is None:
        html = field.as_widget()
        KEPT.put(key, html)
    return SafeString(html)


@register.filter
def marks(rows: Iterable[Any]) -> list[object]:
    """What rows say of themselves, the same for those that look the same."""
    return [row.mark for row in rows]


@register.tag
def mould(parser: Parser, token: Token) -> MouldNode:
    """`{% mould values %}…{% endmould %}` prints these values and knows no others.

    Where many rows are drawn that differ in their values only. It may ask whether a
    value is there, and go through lists of values; each is printed as it is.
    """
    _, values = token.split_contents()
    nodelist = parser.parse(("endmould",))
    parser.delete_first_token()
    return MouldNode(parser.compile_filter(values), nodelist)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept a b %}…{% endkept %}`: drawn anew only where a or b are others.

    All that the part shows must be among them, but for the token of its forms.
    """
    shown = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(next(PLACES), shown, nodelist)
