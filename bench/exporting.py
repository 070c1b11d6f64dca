"""Everything out, beside a bare read of the same rows.

echo 'from bench.exporting import print_seconds; print_seconds()' | manage.py shell
"""

import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from bench.contract import Exported
from incidents.delivery.backup import back_up
from incidents.delivery.backup.rows import columns
from incidents.delivery.backup.schema import newest
from incidents.workflow.whole.exporting import export_all

ROWS = 500


def print_seconds() -> None:
    raw = seconds(read_rows)
    before = most_in_use()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "site.zip"
        backup = seconds(lambda: back_up(target, lambda said: None))
        markdown = seconds(lambda: write_all(Path(folder) / "all.zip"))
    raised = most_in_use() - before
    found = Exported(raw=raw, backup=backup, markdown=markdown, raised=raised)
    print(json.dumps(found))


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def write_all(target: Path) -> None:
    """Into a file: in memory it would be counted as what the export needs."""
    with target.open("wb") as file:
        for _ in export_all(file):
            pass


def most_in_use() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_rows() -> None:
    """Every row of the site through a cursor, and thrown away."""
    for model in newest().tables:
        names = [field.attname for field in columns(model)]
        query = model._base_manager.order_by().values_list(*names).query
        with connection.chunked_cursor() as cursor:
            cursor.execute(*query.sql_with_params())
            while cursor.fetchmany(ROWS):
                pass
