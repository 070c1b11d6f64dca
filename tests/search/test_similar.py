"""Whether what is called similar is: forty postmortems, labelled by hand."""

import datetime as dt

import pytest

from incidents.documents.document import Document, Section
from incidents.documents.kinds import SectionKind
from incidents.models import User
from incidents.search.similar import MOST, similar_to_report
from tests.factories import DAY, NOW, make_report
from tests.search.forty import ALONE, FORTY, Sample


def written(sample: Sample, at: dt.datetime) -> Document:
    sections = (
        (SectionKind.SUMMARY, "Summary", sample.summary),
        (SectionKind.ROOT_CAUSE, "Root cause", sample.cause),
        (SectionKind.LESSONS, "Lessons", sample.lesson),
    )
    return Document(
        title=sample.title,
        severity="SEV2",
        zone="UTC",
        started_at=at,
        resolved_at=at + dt.timedelta(hours=1),
        services=(sample.service,),
        sections=tuple(Section(kind=k, title=t, body=b) for k, t, b in sections),
    )


def test_of_forty_postmortems_those_of_one_sort_find_each_other(
    reviewer: User,
) -> None:
    sorts = {
        make_report(
            reviewer, document=written(sample, NOW - place * DAY)
        ).incident_id: sample.sort
        for place, sample in enumerate(FORTY)
    }
    shown = {
        number: [near.listing.pk for near in similar_to_report(number, reviewer)]
        for number in sorts
    }
    right = {
        number: [sorts[near] == sorts[number] != ALONE for near in found]
        for number, found in shown.items()
    }
    for n, found in shown.items(): print(sorts[n] or "-", [sorts[x] or "-" for x in found])
    total = sum(map(len, shown.values()))
    alone = [n for n in sorts if not sorts[n]]
    print("precision", sum(map(sum, right.values())) / total, "recall", sum(map(sum, right.values())) / 96, "silent", sum(not shown[n] for n in alone))
    assert 0
