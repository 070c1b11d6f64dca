"""The page of the review: what it shows, and what is done on it.

`page` is all of it: the parts as they are `discussed`, the `talk` about each, and the
`advice` of hints. `changes` is what its forms do.
"""
