"""Pasted notes, transcripts and tables, read as entries of a timeline.

`reading` takes each line for what it looks like: a `chat`, fields that are `separated`,
or `columns`; `grouping` joins what runs over several lines.
"""

from incidents.documents.pasted.line import Line
from incidents.documents.pasted.reading import read_lines

__all__ = ["Line", "read_lines"]
