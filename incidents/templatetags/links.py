"""Addresses made from the one at hand."""

from django import template
from django.http import QueryDict

from incidents.documents.actions import tickets

register = template.Library()


@register.filter
def web_address(address: str) -> str:
    """The address if following it opens a page; nothing for any other scheme."""
    return address if address.lower().startswith(("http://", "https://")) else ""


@register.filter
def ticket(address: str) -> tickets.Ticket | None:
    """The tracker and the key of a ticket; None for what is no web address."""
    return tickets.ticket(address)


@register.simple_tag
def query(current: QueryDict, **changes: object) -> str:
    """The current query with these values changed; None takes one away."""
    values = current.copy()
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag
def without(current: QueryDict, name: str) -> str:
    """The current query without one of its values, on its first page."""
    empty = [key for key, value in current.items() if not value]
    return query(current, **dict.fromkeys([*empty, name, "after"]))
