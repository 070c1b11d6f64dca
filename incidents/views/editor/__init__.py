"""The editor at /incidents/42/: one page of parts, each with its own save."""
