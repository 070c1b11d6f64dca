"""Files to take away."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpResponse

CSV: Final = "text/csv; charset=utf-8; header=present"


def attachment(
    content: str | bytes | Iterable[str], name: str, kind: str = CSV
) -> HttpResponse:
    """A file that the browser saves under this name, and never takes for a page."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
