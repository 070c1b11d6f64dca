"""Times as people write them: read, understood as moments, and written back.

`read_time`, `find_leading_time` and `find_times` say what was written;
`resolve` says which moment it is, or asks; `write_time` writes a moment so
that reading it again gives the same moment.

- Read: `reading` has the three ways in. `scanning` puts together what `clocks`, `dates`
  and `zonewords` find between `marks`, by `vocabulary`, in one `spelling`; this is what
  was `written`.
- Understood: `resolving` has what is known `around`, the `days` that can be meant, the
  hours of `clockwords` and the `moments` on a clock; its `answers` are a moment or a
  question.
- `zones` by their names, and `places` for zones that have none; `writing` is the way
  back.
"""

from incidents.documents.times.answers import Choice, Question, Resolved, day_text
from incidents.documents.times.around import Backwards
from incidents.documents.times.days import Days, days_of
from incidents.documents.times.reading import (
    find_leading_time,
    find_times,
    read_time,
)
from incidents.documents.times.resolving import resolve
from incidents.documents.times.vocabulary import says_about
from incidents.documents.times.writing import write_time
from incidents.documents.times.written import Clock, WrittenDate, WrittenTime
from incidents.documents.times.zones import (
    is_local,
    zone_name,
    zone_named,
    zone_note,
)

__all__ = [
    "Backwards",
    "Choice",
    "Clock",
    "Days",
    "Question",
    "Resolved",
    "WrittenDate",
    "WrittenTime",
    "day_text",
    "days_of",
    "find_leading_time",
    "find_times",
    "is_local",
    "read_time",
    "resolve",
    "says_about",
    "write_time",
    "zone_name",
    "zone_named",
    "zone_note",
]
