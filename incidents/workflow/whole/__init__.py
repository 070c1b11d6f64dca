"""A whole postmortem: `create`, `importing`, `restore` and `exporting`.

They go by way of `to_document` (`to_documents`) and `to_rows`, which writes `values`;
`people` are found by their names.
"""
