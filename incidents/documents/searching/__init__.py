"""Words as a search compares them, without any index; `incidents.search` keeps one.

- What is asked: `asked` reads the box, and `spelling` says how near two words are.
- What is compared: `words` folds and stems, `pieces` is what of a postmortem is found,
  and `telling` leaves the words that could say what it is about.
- What is shown: `excerpts`.
"""
