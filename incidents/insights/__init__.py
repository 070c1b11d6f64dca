"""What the reports say together, from sums that are kept up to date.

- Keeping: `counting` says what one report counts for, and `tallies` asks the record
  for that; `workflow.counting.tallying` keeps the sums.
- Asking: `asking` has the statement, `reading` adds up the `sums` of a `period` for
  what one person may see, and a `question` holds them with the `names` and `links`
  that the answer needs.
- Showing: `page` has the pictures in their order, each a file (`incidents`, `lengths`,
  `causes`, `promises`), drawn as `figures` or `bars`; `tiles` stand above them.
"""
