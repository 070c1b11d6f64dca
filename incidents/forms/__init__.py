"""What a person fills in, turned into the values that verbs take.

- Fields that read what people write: `fields`, `numbers`, `times` and `zone`.
- A part of a draft each, on what `part` shares: `facts` and `when`, `section`, `entry`,
  `action`, `factor`, `picture` and `access`; `start` begins one.
- Whole texts: `paste` for notes; `importing` for a document, as its `proposal`.
- `review` before publishing, `readers` after it.
- The board: `board_items` for its rows, and `owners` for who leaves.
- Read from an address: `reports` for the listing, `board`, `insights`.
- `account` is what members say about themselves.
"""
