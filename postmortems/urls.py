"""The site's addresses: the record's own, the admin, and the health checks."""

from django.contrib import admin
from django.urls import include, path

from postmortems import health

health_urls = [
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
]

urlpatterns = [
    path("health/", include((health_urls, "health"))),
    path("admin/", admin.site.urls),
    path("", include("incidents.urls")),
]
