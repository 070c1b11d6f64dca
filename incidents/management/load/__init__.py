"""A database as large as wanted, filled with made-up postmortems for measuring.

A mould is one postmortem with gaps, drawn and rendered once by the code that
publishes. A cast of it has its gaps filled and its own day: thousands of
different reports for the price of a few hundred renderings.

`loading` is all of it. `moulds` have `gaps` for `words`; `stories` fill them with the
`people` of a made-up site. Each becomes rows by `batch`, `published` and `indexed`;
they wait on a `shelf`, made in one process (`making`) and written in another.
"""
