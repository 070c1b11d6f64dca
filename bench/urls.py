"""The site's addresses, and the view that every other one is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from postmortems.urls import urlpatterns as urls_of_the_site


def ok(request: HttpRequest) -> HttpResponse:
    """What any page costs at least: the session and the account are read."""
    return HttpResponse("ok")


urlpatterns = [path("bench/ok/", ok), *urls_of_the_site]
