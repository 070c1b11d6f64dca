"""Pasted notes, transcripts and tables, read as entries of a timeline."""

from incidents.documents.lines.line import Line
from incidents.documents.lines.reading import read_lines

__all__ = ["Line", "read_lines"]
