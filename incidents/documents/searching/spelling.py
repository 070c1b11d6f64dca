"""How far apart two words are, counted in slips of the finger."""


def far_at_most(word: str) -> int:
    """How many slips a word of this length may have and still be known again."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def distance(one: str, other: str, limit: int) -> int:
    """Letters put in, left out, swapped or wrong; more than `limit` counts alike.

    Two neighbours that changed places are one slip.
    """
    beyond = limit + 1
    if abs(len(one) - len(other)) > limit or len(set(one) ^ set(other)) > 2 * limit:
        return beyond
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for to, wanted in enumerate(other, 1):
            best = min(before[to] + 1, row[-1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                best = min(best, last[to - 2] + 1)
            row.append(best)
        # Of a swap, the letters before it may still be near enough.
        if min(row) > limit and min(before) > limit:
            return beyond
    return min(row[-1], beyond)
