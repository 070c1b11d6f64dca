"""Words that keep readers from learning: `hints` looks for all of them.

One kind of stumble a file: `blame`, `claims`, `names` and `promises`; `prose` is what
of a text they read.
"""
