"""Parts of pages that are rendered once for all who are shown the same."""

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
MOST_LETTERS: Final = 8_000_000
# Stands in what is cached for the token of whoever is shown it.
TOKEN: Final = get_random_string(32)


class HtmlCache:
    """HTML by what it shows. What nobody was shown for longest goes."""

    def __init__(self, most: int = MOST_LETTERS) -> None:
        self.most, self.size = most, 0
        self.stored: OrderedDict[tuple[object, ...], str] = OrderedDict()
        self.lock = Lock()

    def get(self, key: tuple[object, ...]) -> str | None:
        with self.lock:
            found = self.stored.get(key)
            if found is not None:
                self.stored.move_to_end(key)
            return found

    def put(self, key: tuple[object, ...], html: str) -> None:
        with self.lock:
            self.size += len(html) - len(self.stored.get(key, ""))
            self.stored[key] = html
            while self.size > self.most:
                _, gone = self.stored.popitem(last=False)
                self.size -= len(gone)

    def clear(self) -> None:
        with self.lock:
            self.stored.clear()
            self.size = 0


CACHE = HtmlCache()
Values = Mapping[str, Any]
# Each part of a template has a number of its own, as long as it is loaded.
NUMBERS = count()


class CachedNode(template.Node):
    """Rendered anew only where one of the values that it shows is another."""

    def __init__(
        self, number: int, shown: list[FilterExpression], nodelist: NodeList
    ) -> None:
        self.number, self.shown, self.nodelist = number, shown, nodelist

    def render(self, context: Context) -> SafeString:
        values = (repr(part.resolve(context)) for part in self.shown)
        key = (self.number, *values)
        html = CACHE.get(key)
        if html is None:
            with context.push(csrf_token=TOKEN):
                html = self.nodelist.render(context)
            CACHE.put(key, html)
        if TOKEN in html:
            html = html.replace(TOKEN, str(context["csrf_token"]))
        # Rendered by these very nodes, which have escaped what they show.
        return SafeString(html)


class PrerenderedNode(template.Node):
    """Rendered once with placeholders for its values, and then filled with them."""

    def __init__(self, values: FilterExpression, nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self.skeletons: dict[tuple[str, ...], str] = {}

    def render(self, context: Context) -> SafeString:
        values = self.values.resolve(context)
        given = {name: escaped(value) for name, value in flat(values)}
        shape = tuple(given)
        skeleton = self.skeletons.get(shape)
        if skeleton is None:
            skeleton = self.render_skeleton(context.new(placeholders(values)))
            self.skeletons[shape] = skeleton
        # Rendered by these very nodes; the values are escaped above.
        return SafeString(skeleton.format_map(given))

    def render_skeleton(self, context: Context) -> str:
        """The part with its placeholders, as a text to be formatted."""
        html = self.nodelist.render(context)
        parts = html.replace("{", "{{").replace("}", "}}").split(TOKEN)
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


def placeholders(values: Values, before: str = "") -> dict[str, object]:
    """In place of each value a text that says its name; what is empty stays so."""
    found: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, list):
            rows = enumerate(value)
            found[name] = [
                placeholders(row, f"{before}{name}_{place}_") for place, row in rows
            ]
        else:
            found[name] = f"{TOKEN}{before}{name}{TOKEN}" if value else ""
    return found


@register.filter
def cached_widget(field: BoundField) -> SafeString:
    """The input of a field, for fields whose choices are always the same."""
    key = (type(field.form), field.html_name, repr(field.value()), repr(field.errors))
    html = CACHE.get(key)
    if html is None:
        html = field.as_widget()
        CACHE.put(key, html)
    return SafeString(html)


@register.filter
def cache_keys(rows: Iterable[Any]) -> list[object]:
    """The key of each of these rows."""
    return [row.cache_key for row in rows]


@register.tag
def prerendered(parser: Parser, token: Token) -> PrerenderedNode:
    """`{% prerendered values %}…{% endprerendered %}` knows no other values.

    For many rows that differ in their values only. It may ask whether a
    value is there, and go through lists of values; each is printed as it is.
    """
    _, values = token.split_contents()
    nodelist = parser.parse(("endprerendered",))
    parser.delete_first_token()
    return PrerenderedNode(parser.compile_filter(values), nodelist)


@register.tag
def cached(parser: Parser, token: Token) -> CachedNode:
    """`{% cached a b %}…{% endcached %}`: rendered anew only where a or b are others.

    All that the part shows must be among them, but for the token of its forms.
    """
    shown = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endcached",))
    parser.delete_first_token()
    return CachedNode(next(NUMBERS), shown, nodelist)
