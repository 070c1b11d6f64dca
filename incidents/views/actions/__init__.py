"""The board of action items, and what is done on it."""
