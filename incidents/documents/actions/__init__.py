"""Action items beyond their own fields.

`bullets` finds what could become one, `tickets` reads the address of one in a tracker,
and `reminding` says who hears of one on which day: its policy, without any mail.
"""
