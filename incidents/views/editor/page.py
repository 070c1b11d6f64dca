"""What the editor shows: each part with its form, the rail, the checks."""

import datetime as dt
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

from incidents.documents.actions.bullets import bullets
from incidents.documents.calendar.workdays import add_workdays
from incidents.documents.document import Document
from incidents.documents.kinds import Priority, SectionKind
from incidents.forms.access import AccessForm
from incidents.forms.action import DeclineForm, NewActionForm, OldActionForm
from incidents.forms.factor import NewFactorForm, OldFactorForm
from incidents.forms.facts import BasicsForm, ImpactForm
from incidents.forms.part import PartForm
from incidents.forms.section import NewSectionForm, SectionForm
from incidents.forms.when import WhenForm
from incidents.models import ActionItem, ActionPolicy, ContributingFactor, Section
from incidents.views.editor.checks import LinkedCheck, linked_checks
from incidents.views.editor.rail import Step, panel_of, steps
from incidents.views.editor.timeline import EditedTimeline, ShownRow
from incidents.workflow.parts.part_kinds import ACTION, FACTOR, SECTION, read_facts
from incidents.workflow.reviewing.standing import checks_of
from incidents.workflow.whole.to_document import ACTIONS, SECTIONS, to_document

# Sections that tell what happened stand before the timeline, the others after it.
BEFORE_TIMELINE = (SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.DETECTION)


class Editor(EditedTimeline):
    """One incident as one person edits it. Nothing is asked of it twice."""

    @cached_property
    def document(self) -> Document:
        return to_document(self.incident)

    @cached_property
    def facts(self) -> Document:
        return read_facts(self.incident)

    def of_facts(self, part: str, make: type[PartForm], **more: Any) -> PartForm:
        version = self.incident.version
        return self.form(part, make, value=self.facts, version=version, **more)

    @property
    def basics(self) -> PartForm:
        return self.of_facts("basics", BasicsForm)

    @property
    def when(self) -> PartForm:
        return self.of_facts("when", WhenForm, now=self.now)

    @property
    def impact(self) -> PartForm:
        return self.of_facts("impact", ImpactForm)

    @property
    def access(self) -> PartForm:
        return self.form("access", AccessForm, incident=self.incident)

    @property
    def new_section(self) -> PartForm:
        return self.form("section-new", NewSectionForm)

    def bullets(self, section: Section) -> list[tuple[UUID, str]]:
        """The bullets of a prevention section that are not action items yet.

        The key of an item made from a bullet follows from its words, so that a
        bullet never becomes two.
        """
        if section.kind != SectionKind.PREVENTION:
            return []
        there = {row.key for row in self.action_rows}
        texts = dict.fromkeys(bullets(section.body))
        found = [(uuid5(section.key, text), text) for text in texts]
        return [(key, text) for key, text in found if key not in there]

    @cached_property
    def section_rows(self) -> list[Section]:
        return SECTIONS.rows(None, incident=self.incident.pk)

    @cached_property
    def sections(self) -> list[ShownRow[Section]]:
        return [self.section(row) for row in self.section_rows]

    def section(self, row: Section) -> ShownRow[Section]:
        value = SECTION.read(row)
        form = self.form(panel_of(row), SectionForm, value=value, version=row.version)
        return ShownRow(row, form, self.bullets(row), talk=self.talk[row.key])

    def section_at(self, panel: str) -> ShownRow[Section] | None:
        """The section whose panel this is, if it is a section's."""
        rows = (row for row in self.section_rows if panel_of(row) == panel)
        return next(map(self.section, rows), None)

    @property
    def sections_before(self) -> list[ShownRow[Section]]:
        """The leading sections that tell what happened."""
        return self.sections[: self.middle]

    @property
    def sections_after(self) -> list[ShownRow[Section]]:
        return self.sections[self.middle :]

    @property
    def middle(self) -> int:
        """How many sections stand before the timeline."""
        kinds = [row.kind in BEFORE_TIMELINE for row in self.section_rows]
        return kinds.index(False) if False in kinds else len(kinds)

    @cached_property
    def action_rows(self) -> list[ActionItem]:
        return ACTIONS.rows(None, incident=self.incident.pk)

    @cached_property
    def actions(self) -> list[ShownRow[ActionItem]]:
        return [
            ShownRow(
                row,
                self.action_form(row),
                beside=self.decline_form(row),
                talk=self.talk[row.key],
            )
            for row in self.action_rows
        ]

    def action_form(self, row: ActionItem) -> PartForm | None:
        part = f"action-{row.key}"
        if not self.is_open(part):
            return None
        value = ACTION.read(row)
        return self.form(part, OldActionForm, value=value, version=row.version)

    def decline_form(self, row: ActionItem) -> PartForm | None:
        part = f"decline-{row.key}"
        is_open = self.is_bound(part) or part in self.options.opened
        return self.form(part, DeclineForm) if is_open else None

    @property
    def new_action(self) -> PartForm:
        return self.form("action-new", NewActionForm, due=self.due(Priority.MEDIUM))

    def due(self, priority: Priority) -> dt.date | None:
        """The day by which an item of this priority should be closed."""
        severity = self.incident.severity
        if severity is None:
            return None
        today = self.day_of(self.now)
        return add_workdays(today, severity.days_to_close(priority), self.free_days)

    @cached_property
    def free_days(self) -> frozenset[dt.date]:
        return ActionPolicy.objects.current().free_days

    @property
    def due_by_priority(self) -> dict[str, str]:
        days = {priority.value: self.due(priority) for priority in Priority}
        return {name: day.isoformat() for name, day in days.items() if day}

    @cached_property
    def factors(self) -> list[ShownRow[ContributingFactor]]:
        rows = self.incident.factors.select_related("category").prefetch_related(
            "entries", "actions"
        )
        return [
            ShownRow(row, self.factor_form(row), talk=self.talk[row.key])
            for row in rows
        ]

    def factor_form(self, row: ContributingFactor) -> PartForm | None:
        part = f"factor-{row.key}"
        if not self.is_open(part):
            return None
        value = FACTOR.read(row)
        return self.form(
            part, OldFactorForm, value=value, version=row.version, **self.linkable
        )

    @property
    def new_factor(self) -> PartForm:
        return self.form("factor-new", NewFactorForm, **self.linkable)

    @property
    def linkable(self) -> dict[str, Any]:
        return {
            "entries": self.entries,
            "actions": self.action_rows,
            "zone": self.incident.tzinfo,
            # Where a form was sent to see its choices, they are shown in no other.
            "choosing": self.options.choosing and self.bound is None,
        }

    @property
    def steps(self) -> list[Step]:
        before, after = (
            self.section_rows[: self.middle],
            self.section_rows[self.middle :],
        )
        return steps(self.document, before, after)

    @property
    def checks(self) -> list[LinkedCheck]:
        found = checks_of(self.incident, self.document)
        return linked_checks(found, self.incident, self.section_rows)
