"""The editor at /incidents/42/: one page of parts, each with its own save.

- Shown: `page` is all of it, with its `timeline`, its `rail`, the `checks`,
  `suggestions`, and who is there (`presence`); `options` are what a browser wants to
  see beside the parts.
- Saved: `start` begins a postmortem; `edit` has the parts of which there is one. Of
  those of which there are many (`row_forms`), `new_rows` adds one, `rows` changes one,
  `states` ticks one, and `paste` brings many lines.
- `parts` saves one of either, `answers` is what comes back, also where it is `gone`.
- `similar` looks for reports of the same kind of thing meanwhile.
"""
