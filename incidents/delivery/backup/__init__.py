"""The whole site in one file, out of one database and into another.

A zip of JSON lines, a member a table, and of the uploaded files; the manifest,
written last, holds a checksum of each. A file that is damaged, unfinished or from
a newer version is refused before anything is touched; one from an older version is
loaded as what it was and then brought up to date.

`writing`, `restoring` and `comparing` are what is done; `archive` is the file, `rows`
and `texts` a table in it, `schema` which tables there are.
"""

from incidents.delivery.backup.archive import BackupError
from incidents.delivery.backup.comparing import differences
from incidents.delivery.backup.restoring import restore
from incidents.delivery.backup.writing import back_up

__all__ = ["BackupError", "back_up", "differences", "restore"]
