"""The site's addresses: the record's own, the admin, and what programs watch."""

from django.contrib import admin
from django.urls import include, path

from incidents.views.account import signing_in
from postmortems import health, metrics_view

health_urls = [
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
]

urlpatterns = [
    path("health/", include((health_urls, "health"))),
    path("metrics", metrics_view.metrics, name="metrics"),
    path("admin/login/", signing_in.log_in_to_admin),
    path("admin/", admin.site.urls),
    path("", include("incidents.urls")),
]

handler500 = "incidents.views.unsaved.outage.broken"
