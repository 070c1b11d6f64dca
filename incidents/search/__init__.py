"""Questions across many postmortems, each asked for what one person may see.

- Words: `index` keeps the terms of each postmortem, and `terms` is the table they
  stand in, by `places`. `finding` asks it, with the `newest` first, `hits` makes a page
  of the answer, and `meant` proposes a word from the `vocabulary` where there is none.
  `drift` says where the index has fallen behind.
- The listing: `reports` narrows it, by `labels` and `spans` among others, `keyset` cuts
  pages and `choices` says what else there is. `live` fetches one report.
- Action items: `board`, a page of it by `board_pages`, its numbers `counted`;
  `promised` for what the insights point at, `reminders` for the digests by mail.
- Numbers of very many rows are `mended` by a change instead of being counted anew.
- Looking across: `similar`, by how rare its words are (`rarity`), the `digest` of a
  month, and `anniversaries`.
"""
