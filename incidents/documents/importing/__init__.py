"""What surrounds the reading of an import; the reading itself is in `parse`.

`incoming` opens files and zips, `fitting` makes what was read fit a record, `segments`
says which characters became what, and `as_import` is the answer for scripts.
"""
