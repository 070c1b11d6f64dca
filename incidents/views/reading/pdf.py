"""The printed page of a report as a PDF, where WeasyPrint is installed."""

import base64
from importlib.util import find_spec
from typing import Final

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from incidents.models import Attachment, Incident
from incidents.views.files import attachment
from incidents.views.gates import MemberRequest, readable_report
from incidents.views.reading.reports import context_of

NOT_INSTALLED: Final = 501
# Those of the printed page that a report needs, and then what only a PDF needs.
STYLES: Final = (
    "tokens",
    "base",
    "components",
    "action-items",
    "prose",
    "report",
    "print",
    "pdf",
)


@require_safe
def as_pdf(request: MemberRequest, number: int) -> HttpResponse:
    publication = readable_report(request, number)
    if find_spec("weasyprint") is None:
        return render(request, "reports/no_pdf.html", status=NOT_INSTALLED)
    context = context_of(request, publication)
    page = render_to_string("reports/print.html", context, request)
    complete = with_pictures(page, publication.incident)
    pdf = pdf_of(complete, request.build_absolute_uri("/"))
    return attachment(pdf, f"PM-{number}.pdf", "application/pdf")


def with_pictures(page: str, incident: Incident) -> str:
    """The page with the incident's own pictures in it, where their files are there."""
    for kept in incident.attachments.all():
        source = f'src="{kept.get_absolute_url()}"'
        if kept.is_shown and source in page:
            page = page.replace(source, f'src="{data_url(kept)}"')
    return page


def data_url(kept: Attachment) -> str:
    try:
        with kept.file.open("rb") as file:
            content = base64.b64encode(file.read()).decode()
    except FileNotFoundError:
        return ""
    return f"data:{kept.content_type};base64,{content}"


def pdf_of(page: str, address: str) -> bytes:
    """The page as a PDF, with the styles of our own files.

    Nothing that it links to is fetched: that would ask this very server, and hold up a
    thread of it meanwhile.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    styles = [CSS(filename=finders.find(f"css/{name}.css")) for name in STYLES]
    fetcher = URLFetcher(allowed_protocols={"data"})
    html = HTML(string=page, base_url=address, url_fetcher=fetcher)
    drawn: bytes = html.write_pdf(stylesheets=styles)
    return drawn
