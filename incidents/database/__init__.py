"""What the site needs of a database beyond what Django does. It knows no model of ours.

Django makes the SQL of a page anew each time, and that takes longer than to answer it.
So what is asked all day is `prepared`: written as a QuerySet, made into SQL once, and
asked again with other values. `saving` does the same for rows that are written.

`bulk` is for very many rows at once, and `outage` says what is the matter with a
database that fails.
"""
