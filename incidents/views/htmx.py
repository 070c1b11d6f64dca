"""Pages for browsers with scripts and without: who asks, and what was not saved."""

from django.http import HttpRequest

# The answer to a form with something to mend. The scripts show it as they show a 200.
UNSAVED = 422


def is_htmx(request: HttpRequest) -> bool:
    """Whether the answer goes into a page that is there, so that a part is enough."""
    return bool(getattr(request, "htmx", False))
