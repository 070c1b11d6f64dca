"""What was found, as the values that its templates print."""

from typing import Any

from django import template

from incidents.models import Listing
from incidents.search.words.hits import Hit
from incidents.templatetags.text import marked

register = template.Library()


@register.filter
def shown(hit: Hit) -> dict[str, Any]:
    """All that a list shows of a report that was found."""
    assert isinstance(hit.row, Listing)
    report, card = hit.row, hit.row.card
    return {
        "severity": card["severity"],
        "rank": card["rank"],
        "address": hit.address,
        "title": marked(hit.title),
        "excerpts": excerpts(hit),
        "summary": report.summary,
        "number": report.pk,
        "services": " · ".join(card["services"]),
        "date": card["date"],
        "duration": card["duration"],
        "promised": report.promised,
        "done": str(report.done),
    }


@register.filter
def excerpts(hit: Hit) -> list[dict[str, Any]]:
    """The lines that say what was asked for, with their marks."""
    return [
        {
            "address": excerpt.address,
            "label": excerpt.label,
            "text": marked(excerpt.pieces),
        }
        for excerpt in hit.excerpts
    ]
