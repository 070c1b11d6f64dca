"""What people are told of a change, written down in its transaction.

`notices` stand in the site; the `outbox` is `asking` people by mail and tells a `chat`,
with `addresses` that hold outside of the site, and links for `unsubscribing`.
"""
