"""The site's addresses, and the two views that every other one is compared with."""

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from incidents.auth import account
from postmortems.urls import urlpatterns as urls_of_the_site


def ok(request: HttpRequest) -> HttpResponse:
    """The least that any page costs: session and account are read."""
    return HttpResponse("ok")


@login_not_required
def as_django_reads(request: HttpRequest) -> HttpResponse:
    """The same without the SQL that is made once: a mark that no work of ours moves."""
    account(None, pk=int(request.session[SESSION_KEY])).get()
    return HttpResponse("ok")


urlpatterns = [
    path("bench/ok/", ok),
    path("bench/as-django-reads/", as_django_reads),
    *urls_of_the_site,
]
