"""What leaves the site, and what the worker does by itself.

- Sending: `tasks` takes what a verb has put into the outbox and gives it to `mail` or
  `hooks`, as `retries` and `network` allow; `failures` says how it can end, `waiting`
  how much is left.
- By itself: `chores` lists it: `reminders` and the `digest` of a month to people on
  their `mornings`, as `letters`; the `summary` of what is overdue to channels.
- `backup`: the whole site in one file, and back.
"""
