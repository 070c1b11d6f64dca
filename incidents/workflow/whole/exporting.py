"""Take postmortems out: one as it stands, or all of them as files of a zip."""

import json
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from django.utils.text import slugify

from incidents.documents.document import Document
from incidents.documents.formats.as_csv import actions_csv, timeline_csv
from incidents.documents.formats.as_json import to_json
from incidents.documents.formats.as_markdown import write
from incidents.models import Incident
from incidents.workflow.whole.to_documents import with_documents


def as_json_text(document: Document) -> str:
    return json.dumps(to_json(document), ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Document], str]] = {
    "markdown": write,
    "json": as_json_text,
    "timeline": timeline_csv,
    "actions": actions_csv,
}


def file_name(number: int, title: str, ending: str) -> str:
    """`PM-42-the-lift-stood-still.md`: nothing in it that a system minds."""
    words = slugify(title)[:60].strip("-")
    return f"PM-{number}-{words}.{ending}" if words else f"PM-{number}.{ending}"


def export_all(file: IO[bytes]) -> Iterator[str]:
    """Write every postmortem into a zip; the name of each once it is in it."""
    # More effort would take three times as long and save a tenth.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for incident, document in with_documents(Incident.objects.order_by("number")):
            name = file_name(incident.number, incident.title, "md")
            archive.writestr(name, write(document))
            yield name
