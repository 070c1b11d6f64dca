"""Different characters for the same thing, brought to one, place for place."""

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
_SPACES += "\u200a\u202f\u205f\u3000\t"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u301c\ufe58\ufe63"
_WIDE = range(0xFF01, 0xFF5F)

_ONE_FOR_ONE = {
    **{code: code - 0xFEE0 for code in _WIDE},
    **{ord(space): " " for space in _SPACES},
    **{ord(dash): "-" for dash in _DASHES},
    0xFF5E: "-",
    ord("\u2019"): "'",
    ord("\u2248"): "~",
}


def same_length(text: str) -> str:
    """The text with one kind of space, dash and digit; every place is kept."""
    return text if text.isascii() else text.translate(_ONE_FOR_ONE)
