"""What a browser asks the editor to show beside the parts themselves."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.http import QueryDict

from incidents.views.gates import MemberRequest

# Sent by the button that shows all of a long list to choose from.
CHOOSE: Final = "choose"


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """Rows that stand open as forms, a place for a new entry, a clock.

    `opened` holds keys of rows; `insert` is the key of the entry after which a
    new one is being written; `at` is that of an entry that is to be seen; `zone` is
    the zone to show times in, if it is not the incident's; `choosing` says that long
    lists to choose from are shown whole.
    """

    opened: frozenset[str] = frozenset()
    insert: str = ""
    at: str = ""
    clock: str = ""
    zone: str = ""
    choosing: bool = False


DEFAULTS = ViewOptions()


def options_of(request: MemberRequest, done: str = "", at: str = "") -> ViewOptions:
    """What this request asks for; `done` is a row whose form may now close, `at` one
    that was just changed, which its writer wants to see.
    """
    closed = {done, request.GET.get("closed", "")}
    opened = {*request.GET.getlist("open"), *request.POST.getlist("open")}
    insert = request.POST.get("insert") or request.GET.get("insert", "")
    clock = chosen(request, "zone")
    at = at or request.POST.get("at") or chosen(request, "at")
    return ViewOptions(
        opened=frozenset(opened - closed),
        insert="" if insert in closed else insert,
        at=at,
        clock=clock,
        zone={"utc": "UTC", "mine": request.user.zone}.get(clock, ""),
        choosing=CHOOSE in request.GET or CHOOSE in request.POST,
    )


def chosen(request: MemberRequest, name: str) -> str:
    """What was chosen for the page. A save does not name it: the page that it came
    from does.
    """
    before = QueryDict(urlsplit(request.headers.get("Referer", "")).query)
    return request.GET.get(name, before.get(name, ""))
