"""Words as often as a language has them: few are everywhere, most are rare."""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, product
from random import Random
from typing import Final

# The commonest first. Those made up below them are rarer.
KNOWN: Final = """
the of and to in was for that on with it had at by were from this we not as service
database request error time after before traffic deploy alert team queue cache node
when because then no more all one each new old slow users orders payments region zone
cluster replica primary backup disk memory limit timeout retry load peak release
change flag config certificate network router proxy gateway worker job batch index
query lock table row message topic consumer lag latency percentile dashboard graph
log trace metric pager page call bridge channel rollback restart failover restore
snapshot script pipeline build test canary fleet host rack power fan switch cable
tenant account session token login customer support ticket refund invoice report
search suggestion image upload mail webhook calendar clock drift quota budget
storage bucket object archive shard partition schema migration version library
kernel driver package pool thread socket connection handshake header cookie
"""
STARTS: Final = "bal cor dim fen gar hul jor kel lim mor nav pol quil ros sam tev vor"
MIDDLES: Final = "a e i o u ari eno ilu ora una"
ENDS: Final = "dan fel gor kin lam mer nox pan rit sol tar vex win yar bst drim sket"
MOST: Final = 25_000
# Zipf's law, a little flattened at the top.
SHIFT, POWER = 2.7, 1.07


@cache
def vocabulary() -> tuple[str, ...]:
    """All words, the commonest first; made up where the known ones end."""
    starts, middles, ends = STARTS.split(), MIDDLES.split(), ENDS.split()
    made = ["".join(parts) for parts in product(starts, middles, ends)]
    made += ["".join(parts) for parts in product(starts, middles, middles, ends)]
    made = sorted(set(made) - set(KNOWN.split()))
    Random(1).shuffle(made)
    return (*KNOWN.split(), *made)[:MOST]


class Language:
    """Draws words by their frequency, the same ones again from the same seed."""

    def __init__(self, random: Random, size: int = MOST) -> None:
        self.random = random
        self.words = vocabulary()[:size]
        weights = (1 / (rank + SHIFT) ** POWER for rank in range(len(self.words)))
        self.weights = list(accumulate(weights))

    def draw(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self, gaps: Sequence[str] = ()) -> str:
        """Ten to sixteen words, with each of the gaps at a place in it."""
        words = self.draw(self.random.randint(10, 16))
        for gap in gaps:
            words.insert(self.random.randrange(1, len(words)), gap)
        return f"{' '.join(words).capitalize()}."
