"""Words: what was written, and who may find it.

`index` keeps the terms of each postmortem, and `terms` is the table they stand in, by
`places`. `finding` asks it, with the `newest` first, and `hits` makes a page of the
answer; `suggestions` are made from the `vocabulary` where there is none. `rarity` says
how much a word tells, `drift` where the index has fallen behind.
"""
