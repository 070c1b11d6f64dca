"""What is counted of a change, in its transaction.

The `listing` keeps what lists show of a report; `tallying` keeps the sums in step, and
`recounting` makes all of them anew.
"""
