"""Prometheus: told how the site fares, if it has the token."""

import re
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from incidents.delivery.waiting import waiting
from incidents.models import Delivery, User
from incidents.models.outbox import Channel
from postmortems import env, metrics
from postmortems.values import HOME

TOKEN = "a-token-of-some-length"
KEY = {"SECRET_KEY": "k" * 60}


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", TOKEN])
def test_who_lacks_the_token_finds_no_metrics(
    client: Client, settings: Settings, header: str
) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"authorization": header})
    assert answer.status_code == 404


def test_prometheus_on_the_same_machine_needs_no_tls(
    client: Client, settings: Settings
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/metrics", headers={"host": "127.0.0.1"})
    assert answer.status_code == 404


def test_a_site_without_a_token_has_no_metrics(client: Client) -> None:
    answer = client.get("/metrics", headers={"authorization": "Bearer "})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("name", "value"), [("METRICS_TOKEN", TOKEN), ("SENTRY_DSN", "https://k@h/1")]
)
def test_a_missing_package_is_named_by_the_variable_that_needs_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setattr(env, "find_spec", lambda module: None)
    with pytest.raises(env.RefusedError, match=rf"^{name} needs one more package"):
        env.settle(env.read({**KEY, name: value}))


@pytest.mark.django_db
def test_prometheus_is_told_of_requests_queries_and_what_waits(
    client: Client, settings: Settings, reader: User
) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        assert User.objects.exists()
        return HttpResponse()

    metrics.counted(page)(RequestFactory().get("/reports/"))
    queue_mail(reader, minutes=5)
    settings.METRICS_TOKEN = TOKEN
    told = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    lines = dict(
        line.rsplit(" ", 1) for line in told.text.splitlines() if line[0] != "#"
    )
    asked = 'postmortems_requests_total{method="GET",status="200",view="none"}'
    assert float(lines[asked]) >= 1
    assert float(lines["postmortems_query_seconds_count"]) >= 1
    assert float(lines['postmortems_queue_depth{queue="deliveries"}']) == 1
    oldest = lines['postmortems_queue_oldest_seconds{queue="deliveries"}']
    assert 300 <= float(oldest) < 360


@pytest.mark.django_db
def test_where_nothing_waits_nothing_is_old() -> None:
    for queue in waiting(timezone.now()).values():
        assert (queue.number, queue.oldest_seconds) == (0, 0)


def queue_mail(to: User, *, minutes: int) -> None:
    queued = timezone.now() - timedelta(minutes=minutes)
    Delivery.objects.create(
        channel=Channel.MAIL, key="a", to=to, next_at=queued, queued_at=queued
    )


def test_every_metric_is_explained_and_no_other() -> None:
    page = (HOME / "docs" / "watching.md").read_text()
    explained = re.findall(r"^\| `(postmortems_\w+)", page, re.MULTILINE)
    ours = {metrics.requests, metrics.seconds, metrics.queries}
    told = {family.name for one in ours for family in one.describe()}
    told |= {"postmortems_queue_depth", "postmortems_queue_oldest_seconds"}
    assert {name.removesuffix("_total") for name in explained} == told
