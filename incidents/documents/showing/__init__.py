"""What pages say of a document, as values that a template draws.

`report` is the report in the order of its reading, with the `lengths` that its times
give; `card` is what stands around it, and in lists instead of it. `deeds` are the words
for what somebody did.
"""
