"""The timeline as one person edits it: its entries, and what times are read from."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Self, TypeVar
from uuid import UUID

from django.utils import timezone

from incidents.forms.entry import NewEntryForm, OldEntryForm
from incidents.forms.part import PartForm
from incidents.forms.times import TimeContext
from incidents.models import Incident, TimelineEntry
from incidents.models.part import Part
from incidents.views.editor.options import DEFAULTS, ViewOptions
from incidents.views.editor.window import Window, window_on
from incidents.views.page_of_forms import PageOfForms
from incidents.workflow.parts.part_kinds import ENTRY
from incidents.workflow.reviewing.standing import open_comments
from incidents.workflow.whole.to_document import ENTRIES

AnyRow = TypeVar("AnyRow", bound=Part)


@dataclass(frozen=True, slots=True)
class ShownRow(Generic[AnyRow]):
    """A row as the editor shows it: as text, or as a form while it is edited.

    `beside` is a second form that hangs on the row: a new entry after it, or the
    reason why an item is declined. `talk` counts its open comments.
    """

    row: AnyRow
    form: PartForm | None
    bullets: list[tuple[UUID, str]] = field(default_factory=list)
    beside: PartForm | None = None
    talk: int = 0


class EditedTimeline(PageOfForms):
    """`options` is what its reader wants to see, `bound` a form that was not saved."""

    def __init__(
        self,
        incident: Incident,
        *,
        bound: PartForm | None = None,
        options: ViewOptions = DEFAULTS,
        now: dt.datetime | None = None,
    ) -> None:
        super().__init__(bound)
        self.incident = incident
        self.options = options
        self.now = now or timezone.now()

    @property
    def zone(self) -> str:
        """The zone on whose clock the timeline is shown."""
        return self.options.zone or self.incident.zone

    @cached_property
    def talk(self) -> Counter[UUID | None]:
        """How many comments are open at each part."""
        return Counter(open_comments(self.incident))

    @cached_property
    def entries(self) -> list[TimelineEntry]:
        return ENTRIES.rows(None, incident=self.incident.pk)

    @cached_property
    def window(self) -> Window:
        """The stretch of the timeline that is shown."""
        options = self.options
        wanted = [options.at, options.insert, *options.opened]
        return window_on(self.entries, wanted)

    @cached_property
    def timeline(self) -> list[ShownRow[TimelineEntry]]:
        return [
            ShownRow(
                row,
                self.entry_form(row),
                beside=self.entry_after(row),
                talk=self.talk[row.key],
            )
            for row in self.entries_shown
        ]

    @property
    def entries_shown(self) -> list[TimelineEntry]:
        """Those in the window, and those that are being written wherever they are."""
        here = self.window.here.keys
        return [
            row
            for row in self.entries
            if row.key in here
            or self.is_open(f"entry-{row.key}")
            or self.options.insert == str(row.key)
        ]

    def entry_form(self, row: TimelineEntry) -> PartForm | None:
        part = f"entry-{row.key}"
        if not self.is_open(part):
            return None
        return self.form(
            part,
            OldEntryForm,
            value=ENTRY.read(row),
            version=row.version,
            around=self.around(row),
        )

    def is_open(self, part: str) -> bool:
        return self.is_bound(part) or part.partition("-")[2] in self.options.opened

    def entry_after(self, row: TimelineEntry) -> PartForm | None:
        """The form of a new entry that is being written after this one."""
        if isinstance(self.bound, NewEntryForm) and self.bound.part == "entry-insert":
            return self.bound if self.bound["after"].value() == str(row.key) else None
        if self.options.insert != str(row.key):
            return None
        above = EditedTimeline(self.incident, now=self.now).up_to(str(row.key))
        return NewEntryForm(part="entry-insert", around=above.around(), after=row.key)

    def around(self, row: TimelineEntry | None = None) -> TimeContext:
        """What a time in this row, or in a new last one, is read from."""
        before = self.entries
        if row is not None:
            before = [other for other in before if other.position < row.position]
        known = [other.at for other in before if other.at]
        return TimeContext(
            zone=self.incident.zone,
            now=self.now,
            started=self.incident.started_at,
            previous=known[-1] if known else None,
            day=self.day_of(row.at) if row and row.at else None,
        )

    def day_of(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self.incident.tzinfo).date()

    def up_to(self, key: str) -> Self:
        """As if the timeline ended with this row, if it has it."""
        places = [
            place for place, row in enumerate(self.entries) if str(row.key) == key
        ]
        if places:
            self.entries = self.entries[: places[0] + 1]
        return self

    @property
    def new_entry(self) -> PartForm:
        return self.form("entry-new", NewEntryForm, around=self.around())
