"""Questions across many postmortems, each asked for what one person may see.

- `words` that were written, and where they stand.
- `reports` of the listing, and `actions` of the board.
- `across` all of them: likenesses, a month, this week in earlier years.
- Under these: pages by `keyset`, and `block_counts` of very many rows.
"""
