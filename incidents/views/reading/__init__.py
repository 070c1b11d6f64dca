"""What readers see of published reports.

- The `listing`, also as `searching` answers it and as a `feed`; `looking_back` at a
  month and at years.
- One of the `reports`, also as `pdf`, with its `versions`, its `readership`, and
  `ticking` for its action items. `unchanged` sends nobody the same page twice.
"""
