"""The listing: `filtering` narrows it, by `labels` and `spans` among others.

`choices` says what else there is, and `live` fetches what lives on a frozen report.
"""
