"""Review and after, from the first question to a report that is read.

`access`, `review`, `comment` and `hints` come before `publish` and `withdraw`;
`standing` says whose answer still holds; `readership` and `watching` are for readers.
"""
