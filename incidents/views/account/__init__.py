"""A member's own: the `page` of the account, `notices` and what they watch.

`signing_in` and out; `unsubscribing` is the way out of mails for who is not logged in.
"""
