"""Two deployments that start at the same moment migrate one after the other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from incidents.management.commands.migrate import WAITING, alone


@pytest.mark.django_db
def test_whoever_comes_second_waits_for_the_first_and_says_so() -> None:
    said: list[object] = []
    waits, works = Event(), Event()

    def tell(words: str) -> None:
        said.append(words)
        waits.set()

    def second() -> None:
        with alone(here, tell):
            works.set()

    here = connection.copy()
    with ThreadPoolExecutor(max_workers=1) as pool:
        with alone(connection, said.append):
            done = pool.submit(second)
            assert waits.wait(timeout=20)
            assert not works.is_set()
        done.result(timeout=20)
    assert works.is_set()
    assert said == [WAITING]
