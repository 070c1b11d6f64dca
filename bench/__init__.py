"""What is measured. Nothing here is part of the running site.

- The site that is measured: a `server` with `settings` and `urls` of its own. It says
  `facts` about itself, in the words of the `contract`, and is `counting` its questions.
- Measuring: the `actions` of a person, by a `client`, in short bursts (`measure`), and
  `exporting` all of it. `parse` and `writers` are run alone.
- What came of it: `results`, and `compare` for two of them.
"""
