"""The door for who runs the site: `commands`, and what some of them share.

`import_files` is the import's; `samples` are what `seed_demo` brings, `load` what
`seed_load` does.
"""
