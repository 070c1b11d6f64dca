"""Many people write at once, through the real server: nobody sees an error page."""

from bench.writers import run
from tools.served import Site

WRITERS = 8
SECONDS = 3


def test_many_writers_see_no_error_and_every_save_is_in_the_history(
    served: Site,
) -> None:
    tally, lost = run(served, writers=WRITERS, seconds=SECONDS)
    assert set(tally.statuses) == {302, 422}
    assert len(tally.saved) > WRITERS
    assert lost == []
