"""The browser's door. A view is gate, form, verb, answer.

- Under every view: `gates` fetch or refuse, `htmx` knows who asks with scripts and who
  without, and `unchanged` sends no page twice. `carry` keeps what somebody sent past a
  lost login (`signed_out`) and a lost database (`outage`); `page_of_forms` is for pages
  that have many.
- Writing: `drafts`, the `editor`, its `pictures`, the `review`, the `history`, and
  `importing` (or `import_many`).
- Reading: the `listing`, also as `searching` answers it and as a `feed`; `reports` with
  their `versions`, their `readership`, `ticking` for their action items, and `exports`
  to take away, as `files`.
- Across reports: `actions` is the board, `insights` the sums, `looking_back` at a month
  and at years.
- A member's own: `account`, `notices`, and the way out of `reminders`.
"""
