"""What Prometheus can ask for: requests, queries, and what waits to be done.

Imported only where `METRICS_TOKEN` is set, because its package is an extra.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from incidents.delivery.waiting import waiting

Answer = Callable[[HttpRequest], HttpResponse]
NO_VIEW = "none"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OTHER = "other"

# Addresses hold numbers and words without end: the view's name does not.
requests = Counter(
    "postmortems_requests", "Answered requests.", ["view", "method", "status"]
)
seconds = Histogram(
    "postmortems_request_seconds", "From a request to its answer.", ["view"]
)
queries = Histogram(
    "postmortems_query_seconds", "Queries to the database, and how long they took."
)


def counted(get_response: Answer) -> Answer:
    """Counts a request and its queries."""

    def answer(request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        with ExitStack() as watched:
            for connection in connections.all():
                watched.enter_context(connection.execute_wrapper(timed))
            response = get_response(request)
        view = view_of(request)
        requests.labels(view, method_of(request), response.status_code).inc()
        seconds.labels(view).observe(perf_counter() - started)
        return response

    return answer


def view_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else NO_VIEW


def method_of(request: HttpRequest) -> str:
    """A stranger may call a method anything; we count those that there are."""
    return request.method if request.method in METHODS else OTHER


def timed(execute: Callable[..., Any], *asked: Any) -> Any:
    started = perf_counter()
    try:
        return execute(*asked)
    finally:
        queries.observe(perf_counter() - started)


class Queue(Collector):
    """What waits, asked of the database when Prometheus asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        depth = GaugeMetricFamily(
            "postmortems_queue_depth", "What waits to be done.", labels=["queue"]
        )
        age = GaugeMetricFamily(
            "postmortems_queue_oldest_seconds",
            "How long the oldest of it has waited.",
            labels=["queue"],
        )
        for name, queue in waiting(timezone.now()).items():
            depth.add_metric([name], queue.number)
            age.add_metric([name], queue.oldest_seconds)
        yield depth
        yield age


def page() -> bytes:
    """Everything, over all processes of this web server."""
    asked = CollectorRegistry()
    asked.register(Queue())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(asked)
        return generate_latest(asked)
    return generate_latest(REGISTRY) + generate_latest(asked)
