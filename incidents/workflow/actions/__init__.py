"""Action items: `state` is open, done and the like, `promises` are their dates.

Promises are moved, snoozed and verified as far as they are `keepable`; `undoing` takes
a change back, and `owners` hands over what somebody leaves behind.
"""
