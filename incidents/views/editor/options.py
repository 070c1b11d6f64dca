"""What a browser asks the editor to show beside the parts themselves."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import QueryDict

from incidents.views.gates import MemberRequest


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """Rows that stand open as forms, a place for a new entry, a clock.

    `opened` holds keys of rows; `insert` is the key of the entry after which a
    new one is being written; `zone` is the zone to show times in, if it is not
    the incident's.
    """

    opened: frozenset[str] = frozenset()
    insert: str = ""
    clock: str = ""
    zone: str = ""


DEFAULTS = ViewOptions()


def options_of(request: MemberRequest, done: str = "") -> ViewOptions:
    """What this request asks for; `done` is a row whose form may now close."""
    closed = {done, request.GET.get("closed", "")}
    opened = {*request.GET.getlist("open"), *request.POST.getlist("open")}
    insert = request.POST.get("insert") or request.GET.get("insert", "")
    clock = clock_of(request)
    return ViewOptions(
        opened=frozenset(opened - closed),
        insert="" if insert in closed else insert,
        clock=clock,
        zone={"utc": "UTC", "mine": request.user.zone}.get(clock, ""),
    )


def clock_of(request: MemberRequest) -> str:
    """The chosen clock. A save does not name it: the page it came from does."""
    page = QueryDict(urlsplit(request.headers.get("Referer", "")).query)
    return request.GET.get("zone", page.get("zone", ""))
