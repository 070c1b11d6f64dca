"""Errors reported to Sentry: what broke and where, and nothing about a person.

Imported only where `SENTRY_DSN` is set, because its package is an extra.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from incidents import __version__
from postmortems.logs import request_id

OFF = {"mode": "off"}
# Nothing that somebody wrote or that says who they are.
COLLECTED: Any = {
    "user_info": False,
    "cookies": OFF,
    "http_headers": {"request": OFF},
    "http_bodies": [],
    "url_query_params": OFF,
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
}
KEPT_OF_REQUEST = ("method", "url")
KEPT_OF_MESSAGE = ("message",)
DROPPED = ("user", "breadcrumbs", "extra", "server_name", "modules")


def report_to(dsn: str, **more: Any) -> None:
    """From now on each unforeseen error of this process is reported."""
    sentry_sdk.init(
        dsn,
        release=__version__,
        default_integrations=False,
        integrations=[DjangoIntegration(), LoggingIntegration(level=None)],
        data_collection=COLLECTED,
        max_breadcrumbs=0,
        shutdown_timeout=2,
        before_send=without_people,
        **more,
    )


def without_people(event: Any, hint: Any) -> Any:
    """The kind of an error and its way through the code.

    What it says can quote a row or a form: that stands in the site's own log, under
    the id that both carry.
    """
    for name in DROPPED:
        event.pop(name, None)
    for name, kept in (("request", KEPT_OF_REQUEST), ("logentry", KEPT_OF_MESSAGE)):
        if said := event.pop(name, None):
            event[name] = {key: said[key] for key in kept if key in said}
    for error in event.get("exception", {}).get("values", ()):
        error.pop("value", None)
    event.setdefault("tags", {})["request_id"] = request_id.get()
    return event
