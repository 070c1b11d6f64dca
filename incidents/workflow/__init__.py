"""Verbs: one file a kind of change, one transaction and one Event each.

A verb takes rows and plain values, names who does it and when, and raises a
`RefusedError` in words that a person can act on. It never sees a request.

- Under every verb: `record` locks, changes and writes down; `refusals` says no.
- `parts`: one part or row of a draft. `whole`: a postmortem with all its parts.
- `reviewing`: from the first question to a report, and what its readers do.
- `actions`: what becomes of an action item.
- What follows in the same transaction: `outgoing` to people, and what is `counting`.
"""
