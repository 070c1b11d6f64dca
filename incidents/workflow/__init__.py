"""Verbs: one file a kind of change, one transaction and one Event each.

A verb takes rows and plain values, names who does it and when, and raises a
`RefusedError` in words that a person can act on. It never sees a request.
"""
