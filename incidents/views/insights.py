"""What the reports say together: pictures, numbers, and files of them."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.documents.as_csv import table_csv
from incidents.forms.insights import InsightsFilter
from incidents.insights.figures import Figure
from incidents.insights.names import names
from incidents.insights.page import FIGURES
from incidents.insights.question import Question
from incidents.insights.reading import read
from incidents.views.gates import MemberRequest


@require_safe
def insights(request: MemberRequest) -> HttpResponse:
    """Four queries with session and account."""
    form, question = asked(request)
    context = {
        "form": form,
        "question": question,
        "figures": [draw(question) for draw in FIGURES.values()],
    }
    return render(request, "insights/page.html", context)


def asked(request: MemberRequest) -> tuple[InsightsFilter, Question]:
    today = timezone.now().astimezone(ZoneInfo(request.user.zone)).date()
    form = InsightsFilter(request.GET, today=today)
    sums = read(request.user, form.wanted, names())
    form.offer(sums)
    return form, Question(form.period, sums, form.links, today)


@require_safe
def as_csv(request: MemberRequest, figure: str) -> HttpResponse:
    """The table behind a picture, as the page with this query shows it."""
    if figure not in FIGURES:
        raise Http404("There is no such picture.")
    _, question = asked(request)
    return file_of(FIGURES[figure](question))


def file_of(figure: Figure) -> HttpResponse:
    rows = ([str(cell.value) for cell in row] for row in figure.table.rows)
    text = table_csv(figure.table.head, rows)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = f'attachment; filename="{figure.slug}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
