"""The board of action items, and what is done on it.

`listing` is its view and `page` what it shows: rows in `groups` under `headings`.
`change` does one of the `operations` to the chosen items, and `answer` says what
came of it. `owners` is for who leaves.
"""
