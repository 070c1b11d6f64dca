"""What the reports say together: pictures, numbers, and files of them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.documents.formats.as_csv import table_csv
from incidents.forms.insights import About, InsightsFilter
from incidents.insights.figures import Figure
from incidents.insights.names import called_now, names
from incidents.insights.page import ABOUT_ONE, FIGURES, Draw
from incidents.insights.question import Question
from incidents.insights.reading import read
from incidents.insights.tiles import tiles
from incidents.search.actions.promised import newest, pressing
from incidents.views.files import attachment
from incidents.views.gates import MemberRequest

MOST_SHOWN = 10
KINDS = {"service": "Service", "tag": "Tag", "factor": "Kind of factor"}


@require_safe
def insights(request: MemberRequest) -> HttpResponse:
    """Four queries with session and account; what was drawn before is kept."""
    form, question = filter_and_question(request)
    context = {"form": form, "question": question, **drawn(question, FIGURES)}
    return render(request, "insights/page.html", context)


def drawn(question: Question, pictures: Mapping[str, Draw]) -> dict[str, Any]:
    """Made by the template, where it has not kept what it drew of the same numbers."""
    return {
        "tiles": lambda: tiles(question),
        "figures": lambda: [draw(question) for draw in pictures.values()],
    }


def filter_and_question(
    request: MemberRequest, about: About | None = None
) -> tuple[InsightsFilter, Question]:
    today = timezone.localdate(timezone=request.user.tzinfo)
    form = InsightsFilter(request.GET, today=today, about=about)
    called = names()
    sums = read(request.user, form.wanted, called)
    form.offer(sums, called)
    return form, Question(form.period, sums, called, form.links, today)


@require_safe
def recurrence(request: MemberRequest, kind: str, name: str) -> HttpResponse:
    """How a service, a tag or a kind of factor comes back, for those who may know."""
    scope = kind.removesuffix("s")
    form, question = filter_and_question(request, (scope, name))
    label, ever = label_and_count(question, scope, name)
    if not ever:
        return redirect_to_name_of_today(request, kind, name)
    wanted = form.of_reports
    context = {
        "form": form,
        "question": question,
        **drawn(question, ABOUT_ONE),
        "name": question.names.of(scope, label),
        "kind": KINDS[scope],
        "ever": ever,
        "query": urlencode({**request.GET.dict(), scope: name}),
        "board": question.links.actions(state="open"),
        "listing": question.links.reports(),
        "reports": newest(request.user, wanted)[:MOST_SHOWN],
        "items": pressing(request.user, wanted)[:MOST_SHOWN],
    }
    return render(request, "insights/recurrence.html", context)


def label_and_count(question: Question, scope: str, name: str) -> tuple[int, int]:
    """The number of a label, and of how many reports that this person may see."""
    label = question.names.number(scope, name)
    return label, question.sums.ever.get((scope, label), {}).get("n", 0)


def stands_on_reports(request: MemberRequest, scope: str, name: str) -> bool:
    """Whether this person may see a report with it."""
    _, question = filter_and_question(request, (scope, name))
    _, ever = label_and_count(question, scope, name)
    return bool(ever)


def redirect_to_name_of_today(
    request: MemberRequest, kind: str, name: str
) -> HttpResponse:
    """To the page by the name of today: a frozen report links to that of its time."""
    scope = kind.removesuffix("s")
    now = called_now(scope, name)
    if not (now and stands_on_reports(request, scope, now)):
        raise Http404("No report that you may see has this.")
    query = request.META.get("QUERY_STRING", "")
    address = reverse("incidents:recurrence", args=[kind, now])
    return redirect(f"{address}?{query}" if query else address)


@require_safe
def as_csv(request: MemberRequest, figure: str) -> HttpResponse:
    """The table behind a picture, as the page with this query shows it."""
    draw = (FIGURES | ABOUT_ONE).get(figure)
    if draw is None:
        raise Http404("There is no such picture.")
    _, question = filter_and_question(request)
    return file_of(draw(question))


def file_of(figure: Figure) -> HttpResponse:
    rows = ([str(cell.value) for cell in row] for row in figure.table.rows)
    text = table_csv(figure.table.head, rows)
    return attachment(text, f"{figure.slug}.csv")
