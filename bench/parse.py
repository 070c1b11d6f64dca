"""How fast a document is read, beside rendering the same text.

    python -m bench.parse

A document of 5 KB has to be read within 15 ms and one of 1 MB within 3 s, and
twice the text may take only twice the time.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

import markdown

from incidents.documents.parse import parse

SMALL, LARGE = 5_000, 1_000_000
LIMITS = {SMALL: 0.015, LARGE: 3.0}
PROSE = """The service keeps one connection for each worker, and opens more when
they are busy. When the new index was missing, each query took a second instead
of a few milliseconds, so that all connections were soon in use and new requests
had to wait. Nobody had seen this in the tests, because the data there is small
and fits into memory. The alert looks at the average of ten minutes, which hid
the first signs; the people on call saw the queue only when it was long.

"""
PART = f"""# Payments were slow on 2024-03-05

## Summary

From 10:00 to 11:30 UTC payments were slow. About 40% of customers waited.

{PROSE}
## Impact

{PROSE}
## Timeline

- **10:00 UTC:** latency alert for `payments`
- **10:05 UTC:** the engineer on call looks at the dashboards
- **10:20 UTC:** the team looks at the database
- **10:40 UTC:** a restart does not help
- **10:55 UTC:** the missing index is found
- **11:10 UTC:** an index is added
- **11:25 UTC:** the queue is empty
- **11:30 UTC:** back to normal

## Root cause

{PROSE}{PROSE}
## Resolution

{PROSE}
## What went well

{PROSE}
## Action items

| Action | Owner | Due |
|--------|-------|-----|
| Test with more data | Ana | 2024-04-01 |
| Alert on slow queries | Tom | 2024-04-15 |

- [ ] review all queries (Owner: Ana, due 2024-05-01)
- [x] add the index

"""


def sample(size: int) -> str:
    return (PART * (size // len(PART) + 1))[:size]


def seconds(work: Callable[[str], object], text: str, times: int) -> float:
    """The median processor time of some runs, after one that does not count."""
    work(text)
    taken = []
    for _ in range(times):
        start = time.process_time()
        work(text)
        taken.append(time.process_time() - start)
    return median(taken)


def render(text: str) -> str:
    return markdown.markdown(text, extensions=["tables", "fenced_code"])


def main() -> int:
    print(f"{'characters':>12} {'parse':>10} {'render':>10} {'ratio':>7} {'limit':>8}")
    slow = False
    for size, times in ((SMALL, 21), (LARGE // 10, 3), (LARGE, 1)):
        text = sample(size)
        read, shown = seconds(parse, text, times), seconds(render, text, times)
        limit = LIMITS.get(size)
        slow = slow or (limit is not None and read > limit)
        bound = f"{limit * 1000:.0f} ms" if limit else ""
        print(
            f"{size:>12,} {read * 1000:>7.1f} ms {shown * 1000:>7.1f} ms "
            f"{read / shown:>7.2f} {bound:>8}"
        )
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
