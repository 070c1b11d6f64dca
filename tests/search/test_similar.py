"""Whether what is called similar is: forty postmortems, labelled by hand."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import yaml

from incidents.documents.document import Document, Section
from incidents.documents.kinds import SectionKind
from incidents.models import User
from incidents.search.across.similar import MOST, similar_to_report
from tests.factories import DAY, NOW, make_report


class Sample(NamedTuple):
    sort: str
    title: str
    service: str
    summary: str
    cause: str
    lesson: str


ALONE = ""
TEXTS = (Path(__file__).parent / "forty.yaml").read_text(encoding="utf-8")
FORTY = [Sample(**fields) for fields in yaml.safe_load(TEXTS)]

# Of what is shown, how much is of one sort; and how much of it is found at all. By
# words and services alone: these forty name no factors.
PRECISION, RECALL = 0.82, 0.62
# Each of four has three others, in eight sorts.
OF_ONE_SORT = 8 * 4 * 3
# Of the eight that are alone, for how many nothing at all is shown.
QUIET = 6


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
    pairs = [(sorts[n], sorts[near]) for n, found in shown.items() for near in found]
    right = sum(1 for one, other in pairs if one and one == other)
    alone = [number for number, sort in sorts.items() if sort == ALONE]
    quiet = sum(1 for number in alone if not shown[number])
    assert right / len(pairs) >= PRECISION
    assert right / OF_ONE_SORT >= RECALL
    assert quiet >= QUIET, f"{len(alone) - quiet} of {len(alone)} are like nothing."
    assert max(map(len, shown.values())) <= MOST
