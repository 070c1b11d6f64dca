"""What changed, for people: between two texts, and between two postmortems."""

from incidents.documents.diff.documents import Change, Detail, Part, What, changes
from incidents.documents.diff.texts import Piece, compare

__all__ = ["Change", "Detail", "Part", "Piece", "What", "changes", "compare"]
