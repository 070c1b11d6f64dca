"""Puts back what migrations have made, after a test that emptied all tables.

Django saves these rows one by one, which takes longer than many a test.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from django.core.serializers import deserialize
from django.core.serializers.base import DeserializedObject
from django.db import transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.models import Model

Rows = Mapping[type[Model], Sequence[DeserializedObject]]


def put_back(creation: BaseDatabaseCreation, data: str) -> None:
    """As Django's `deserialize_db_from_string`, a table at a time.

    Before the first such test nothing was emptied: what is there stays.
    """
    with transaction.atomic(), creation.connection.constraint_checks_disabled():
        tables = rows(data)
        for model, known in tables.items():
            objects = [row.object for row in known]
            model._base_manager.bulk_create(objects, ignore_conflicts=True)
        for known in tables.values():
            for row in known:
                for name, others in (row.m2m_data or {}).items():
                    getattr(row.object, name).add(*others)


@cache
def rows(data: str) -> Rows:
    found: dict[type[Model], list[DeserializedObject]] = defaultdict(list)
    for row in deserialize("json", data):
        found[type(row.object)].append(row)
    return found
