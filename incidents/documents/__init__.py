"""Text: a postmortem as a plain value, read, written, rendered and compared.

Plain Python. Nothing here imports Django or touches a database.

- The value: `document`, with the closed vocabularies of `kinds`.
- Read: `parse` for Markdown, `pasted` for notes and transcripts, `times` for moments as
  people write them; `kinds_from_words` guesses. `importing` is what surrounds a file.
- Written: `formats` for Markdown, JSON and CSV; `render` for HTML.
- Shown: `showing` is what pages say of it, `comparing` what changed between two.
- Judged: `checks` before publishing, `hinting` about words, and `progress`.
- `actions`, `calendar` and `pictures` each for themselves; `searching` for the words
  that searches compare.
"""
