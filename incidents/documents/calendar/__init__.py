"""Days, months and lengths of time. What people wrote of them is read in `times`.

`days` and `durations` are how this site writes them; `workdays` counts as a policy
does, and `months` goes from one to the next.
"""
