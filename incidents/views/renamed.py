"""Links from before a service or a tag had its name of today."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict

from incidents.insights.names import called_now
from incidents.models.labels import folded


def with_current_names(
    query: QueryDict, asked: Mapping[str, str], known: Mapping[str, Iterable[str]]
) -> QueryDict | None:
    """The query with the current names of what was renamed; None if nothing was.

    `known` are the names that somebody may choose among; no other is told.
    """
    renamed = query.copy()
    for kind, name in asked.items():
        names = {folded(one): one for one in known[kind]} if name else {}
        if name and folded(name) not in names:
            renamed[kind] = names.get(folded(called_now(kind, name)), name)
    return renamed if renamed != query else None
