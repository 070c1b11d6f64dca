"""Five postmortems written for this program: what a newcomer reads first.

One a file, each a `sample` on a `day` near now, with the same `people`; `seeding` puts
them into an empty site.
"""

import datetime as dt

from incidents.management.samples import (
    certificate,
    checkout,
    failover,
    filenames,
    twice,
)
from incidents.management.samples.sample import Sample

MODULES = (failover, twice, filenames, checkout, certificate)


def samples(now: dt.datetime) -> list[Sample]:
    """All five, in the order in which somebody began to write them."""
    found = [module.sample(now) for module in MODULES]
    return sorted(found, key=lambda sample: sample.started_writing)
