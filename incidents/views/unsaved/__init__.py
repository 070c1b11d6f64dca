"""What somebody sent and the site could not save yet is not lost.

`carry` keeps it past a login that has expired (`signed_out`), and shows it again where
the database does not answer (`outage`).
"""
