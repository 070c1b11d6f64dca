"""The browser's door. A view is gate, form, verb, answer.

- Under every view: `gates` fetch or refuse, and `htmx` knows who asks with scripts and
  who without. `unsaved` keeps what could not be saved; `page_of_forms` is for pages
  that have many forms, and `files` for what is taken away.
- Writing: `drafts`, the `editor`, the `pictures`, the `review`, the `history`, and
  `importing`.
- Reading: the listing and the reports (`reading`), and `exports` of either.
- Across reports: `actions` is the board, `insights` the sums.
- A member's own: the `account`.
"""
