"""Action items: the `board`, a page of it by `board_pages`, and `board_numbers` on top.

`promised` are those that the insights point at, `reminders` those of a digest.
"""
