"""Verbs: one file a kind of change, one transaction and one Event each.

A verb takes rows and plain values, names who does it and when, and raises a
`RefusedError` in words that a person can act on. It never sees a request.

- Under every verb: `record` locks, changes and writes down; `refusals` says no.
- One part or row of a draft: `part_kinds` says what each is made of, `save` changes
  one, `rows` adds, removes and moves them in their `order`, `reconcile` joins two
  changes.
- A whole postmortem: `create`, `importing`, `restore` and `exporting`, by way of
  `to_document` and `to_rows`.
- Review and after: `review`, `comment`, `publish` and `withdraw`; `standing` says whose
  answer still holds.
- Promises: `actions` brings one into another state; `promises` moves, snoozes and
  verifies, as far as it is `keepable`; `undoing` takes that back.
- What follows from a change, in its transaction: `notices` to people, the `outbox`, the
  `listing`, and what is counted (`tallying`).
"""
