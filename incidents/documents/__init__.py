"""Text: a postmortem as a plain value, read, written, rendered and compared.

Plain Python. Nothing here imports Django or touches a database.
"""
