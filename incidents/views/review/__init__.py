"""The page of the review: what it shows, and what is done on it."""
