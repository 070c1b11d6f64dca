"""Verbs: one file a kind of change, one transaction and one Event each.

A verb takes rows and plain values, names who does it and when, and raises a
`RefusedError` in words that a person can act on. It never sees a request.

- Under every verb: `record` locks, changes and writes down; `refusals` says no.
- One part or row of a draft: `part_kinds` says what each is made of, `save` changes
  one, `rows` adds, removes and moves them in their `order` (`add_many` very many at
  once), `reconcile` joins two changes; `attach` keeps a picture, `presence` says who is
  there.
- A whole postmortem: `create`, `importing`, `restore` and `exporting`, by way of
  `to_document` (`to_documents`) and `to_rows`; `people` are found by their names.
- Review and after: `access`, `review`, `comment`, `hints` set aside, `publish` and
  `withdraw`; `standing` says whose answer still holds. `readership` and `watching` are
  its readers'.
- Promises: `actions` brings one into another state; `promises` moves, snoozes and
  verifies, as far as it is `keepable`; `undoing` takes that back, and `owners` hands
  over what somebody leaves behind.
- What follows from a change, in its transaction: `notices` to people, the `outbox` with
  what is `asking` them by mail or told to a `chat` (with `addresses` that hold outside
  of the site, and links for `unsubscribing`), the `listing`, and what is counted
  (`tallying`, or `recounting` all of it).
"""
