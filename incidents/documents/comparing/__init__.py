"""Two of them: what changed, what both changed, and which row is which.

- `changes`, for people, from `documents`: row by row (`rows`), each in words
  (`reading`), without the breaks of `wrapping`. `compare`, from `texts`, goes word by
  word; `alignment` is under both.
- `merge` joins two people's changes to one text.
- `matching` lays a newer text over its record, so that rows go on where they match.
- `settled` says what an approval was about.
"""

from incidents.documents.comparing.documents import (
    Change,
    Detail,
    DocumentPart,
    What,
    changes,
)
from incidents.documents.comparing.texts import Piece, compare

__all__ = ["Change", "Detail", "DocumentPart", "Piece", "What", "changes", "compare"]
