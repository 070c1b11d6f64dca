"""Text: a postmortem as a plain value, read, written, rendered and compared.

Plain Python. Nothing here imports Django or touches a database.

- The value: `document`, with the closed vocabularies of `kinds`.
- Into it and out of it: `parse` and `write` for Markdown (with the marks of `markers`),
  `as_json` for revisions, `as_csv`, and `as_import` for scripts. `incoming` opens files
  and zips, `lines` reads pasted notes, `fitting` makes what was read fit a record,
  `segments` says which characters became what.
- As people see it: `render` makes HTML, `report` and `card` say what a page shows, and
  `deeds` what somebody did.
- What it is worth: `checks`, `hints` (one kind of stumble a file in `hinting`) and
  `progress`.
- Two of them: `diff` for people; `merge` joins two changes, `matching` finds the same
  row again, `settled` says what an approval was about.
- Words, for searching: `asked` reads a question; `words`, `pieces` and `telling` are
  what is compared, `excerpts` what is shown, `spelling` how near two words are.
- Times: `times` reads and writes moments, `places` and `months`, `days`, `workdays`,
  `durations` and `lengths` the rest of the calendar. `reminding` is its policy alone.
"""
