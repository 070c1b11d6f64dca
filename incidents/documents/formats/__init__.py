"""A document in other forms, for files and for revisions.

`as_markdown` is read back by `parse`: they share the marks of `markers`, and
`open_fence` keeps one part's code from swallowing the next. `as_json` goes both ways,
`as_csv` one way, for spreadsheets.
"""
