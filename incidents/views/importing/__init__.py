"""Import: one text is read and looked at on its `page`; `many` at once are not."""
