"""Parts of pages that are drawn once for all who are shown the same."""

from collections import OrderedDict
from itertools import count
from threading import Lock
from typing import Final

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


@register.filter
def drawn(field: BoundField) -> SafeString:
    """A field that is drawn once for what it shows; its choices are always the same."""
    key = (type(field.form), field.html_name, repr(field.value()), repr(field.errors))
    html = KEPT.get(key)
    if html is None:
        html = field.as_widget()
        KEPT.put(key, html)
    return SafeString(html)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept a b %}…{% endkept %}`: drawn anew only where a or b are others.

    All that the part shows must be among them, but for the token of its forms.
    """
    shown = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(next(PLACES), shown, nodelist)
