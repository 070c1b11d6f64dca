"""Action items: `state` is open, done and the like, `promises` are their dates.

Promises are moved, snoozed and verified; `due_and_owner` refuses a date that cannot be
kept and an owner who cannot see the item, and `undoing` takes
a change back, and `owners` hands over what somebody leaves behind.
"""
