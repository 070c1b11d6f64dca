"""A database as large as wanted, filled with made-up postmortems for measuring.

A pattern is one postmortem with gaps, drawn and rendered once by the code that
publishes. Each story fills its gaps and gives it a day of its own: thousands of
different reports for the price of a few hundred renderings.

`loading` is all of it. `patterns` have `gaps` for `words`; `stories` fill them with the
`people` of a made-up site. Each becomes rows by `record`, `published` and `indexed`,
collected as `bulk_rows`: made in one process (`making`) and written in another.
"""
