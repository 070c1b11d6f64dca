"""How long an incident took, always derived from its times and never typed."""

import datetime as dt
from collections.abc import Iterator

from incidents.documents.document import Document


def lengths(document: Document) -> Iterator[tuple[str, dt.timedelta]]:
    """The lengths that the known times give, with what people call them.

    A time to resolve runs from the moment somebody knew. Where that came after
    the end there is none: nobody was resolving anything.
    """
    start, end = document.started_at, document.resolved_at
    spans = (
        ("Duration", start, end),
        ("Time to detect", start, document.detected_at),
        ("Time to mitigate", start, document.mitigated_at),
        ("Time to resolve", document.detected_at, end),
    )
    for name, begin, finish in spans:
        if begin and finish and begin <= finish:
            yield name, finish - begin
