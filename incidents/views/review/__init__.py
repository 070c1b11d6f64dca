"""The page of the review: what it shows, and what is done on it.

`page` is all of it, with the `talk` about each part and the `advice` of hints; `deeds`
are its forms.
"""
