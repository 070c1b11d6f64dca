"""Bounds on what no writer types, for which the parser would work too long."""


def tame(text: str) -> str:
    return text
