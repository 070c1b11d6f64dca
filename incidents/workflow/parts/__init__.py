"""One part or row of a draft.

`part_kinds` says what each is made of, `save` changes one, `rows` adds, removes and
moves them in their `order` (`add_many` very many at once), `reconcile` joins two
changes; `attach` keeps a picture, `presence` says who is there.
"""
