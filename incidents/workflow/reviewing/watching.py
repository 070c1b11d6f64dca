"""Watch an incident, a service or a severity, or leave off.

No Event: what a person wants to hear of changes nothing in the record.
"""

from typing import Any

from incidents import models

Thing = models.Incident | models.Service | models.Severity


def watch(thing: Thing, *, by: models.User) -> models.Watch:
    row, _ = models.Watch.objects.get_or_create(user=by, **as_field(thing))
    return row


def unwatch(thing: Thing, *, by: models.User) -> None:
    by.watches.filter(**as_field(thing)).delete()


def as_field(thing: Thing) -> dict[str, Any]:
    return {str(type(thing)._meta.model_name): thing}
