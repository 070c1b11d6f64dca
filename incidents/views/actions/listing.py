"""The board: what was promised after every incident, by when it is due."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.documents.formats.as_csv import board_csv
from incidents.views.actions.page import Board, show
from incidents.views.editor.suggestions import Suggestions
from incidents.views.files import attachment
from incidents.views.gates import MemberRequest, require_writer
from incidents.views.renamed import with_current_names
from incidents.workflow.whole.to_document import action_of

# More rows than this no spreadsheet opens in comfort.
MOST_IN_A_FILE = 100_000


@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    board = Board(request)
    asked = {"service": board.wanted.service}
    if renamed := with_current_names(request.GET, asked, board.offered):
        return redirect(f"{request.path}?{renamed.urlencode()}")
    return show(request, board)


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    """Whom the fields for an owner propose: asked for when one of them is used."""
    require_writer(request)
    proposed = Suggestions(request.user).people()
    return render(request, "actions/people.html", {"people": proposed})


@require_safe
def export(request: MemberRequest) -> HttpResponse:
    """The rows of the board as it is filtered, all pages, as CSV."""
    rows = Board(request).asked_rows.of(request.user)[:MOST_IN_A_FILE]
    text = board_csv(
        (row.incident.label, row.incident.title, row.moves, action_of(row))
        for row in rows.iterator(chunk_size=1000)
    )
    return attachment(text, f"action-items-{timezone.now():%Y-%m-%d}.csv")
