"""What people are told of a change, queued in its transaction.

`notices` are rows for the site's own pages. The `outbox` takes mails, such as
`requests` to review or to read, and posts to a `chat`; `addresses` are links that hold
outside of the site, and `unsubscribing` is how a mail is stopped.
"""
