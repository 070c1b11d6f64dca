"""Several people at the same instant: threads, each with a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def together(
    *calls: Callable[[], Result],
) -> Sequence[Result | Exception]:
    """What each call returned or raised, in the order given. All start at once."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Result]) -> Result | Exception:
        try:
            start.wait(timeout=30)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(calls)) as pool:
        return list(pool.map(run, calls))
