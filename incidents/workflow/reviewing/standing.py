"""How a postmortem stands: who wrote it, and whose answer still holds."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from incidents import models
from incidents.database.prepared import Prepared, children
from incidents.documents.checks import Check, Standing, checks
from incidents.documents.comparing import Change, changes
from incidents.documents.comparing.settled import same_words, settled
from incidents.documents.document import Document
from incidents.documents.formats.as_json import UnreadableError, from_json, plain
from incidents.models import Answer
from incidents.workflow.whole.to_document import to_document

PARTS = ("facts", "section", "entry", "action", "factor")
# What happens to an action item after it was promised.
PROGRESS = ("state", "done_at", "done_by", "evidence", "declined_because", "version")


@dataclass(frozen=True)
class StandingAnswer:
    """One reviewer's answer beside the words as they stand now."""

    request: models.ReviewRequest
    now: Document

    @cached_property
    def seen(self) -> Document | None:
        """What the answer is about, as far as it can still be read."""
        revision = self.request.revision
        if revision is None:
            return None
        try:
            return from_json(revision.document)
        except UnreadableError:
            return None

    @property
    def is_answered(self) -> bool:
        return self.request.answer != Answer.PENDING

    @property
    def is_stale(self) -> bool:
        """Whether the words have changed since the answer was given."""
        if not self.is_answered:
            return False
        return self.seen is None or not same_words(self.seen, self.now)

    @property
    def holds(self) -> bool:
        return self.request.answer == Answer.APPROVED and not self.is_stale

    @property
    def since(self) -> tuple[Change, ...]:
        """What changed since the answer was given."""
        if self.seen is None:
            return ()
        return changes(settled(self.seen), settled(self.now))


def standing_answers(incident: models.Incident, now: Document) -> list[StandingAnswer]:
    """The reviewers in the order in which they were asked."""
    return [StandingAnswer(row, now) for row in ASKED.rows(None, incident=incident.pk)]


def open_comments(incident: models.Incident) -> list[UUID | None]:
    """The part of each comment that nobody has settled; None is the whole."""
    return [part for (part,) in OPEN.tuples(None, incident=incident.pk)]


def parts_with_open_comments(shape: None, *, incident: int) -> QuerySet[Any, Any]:
    comments = models.Comment.objects.filter(incident=incident).open()
    return comments.order_by().values_list("part")


ASKED: Final = children(models.ReviewRequest, "reviewer", "revision")
OPEN: Final = Prepared(models.Comment, parts_with_open_comments)


def standing(
    incident: models.Incident,
    document: Document,
    answers: Iterable[StandingAnswer] = (),
) -> Standing:
    found = list(answers) or standing_answers(incident, document)
    return Standing(
        rank=incident.severity.rank if incident.severity else None,
        open_comments=len(open_comments(incident)),
        approvals=sum(answer.holds for answer in found),
    )


def checks_of(
    incident: models.Incident,
    document: Document,
    answers: Iterable[StandingAnswer] = (),
) -> tuple[Check, ...]:
    """Every check, with those that this site requires marked."""
    required = models.PublishPolicy.objects.current().required
    return checks(document, standing(incident, document, answers), required)


def has_written_in(user: models.User, incident: models.Incident) -> bool:
    """Whether this person is an author: its owner, or who began or wrote any of it.

    To tick an action item, to comment and to approve is not to write.
    """
    if user.pk in (incident.owner_id, incident.created_by_id):
        return True
    parts = Q()
    for name in PARTS:
        parts |= Q(what__startswith=f"{name} ")
    deeds = incident.events.filter(parts, actor=user)
    return any(
        changed_words(what, before or {}, after or {})
        for what, before, after in deeds.values_list("what", "before", "after")
    )


def changed_words(
    what: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    """Whether words changed, and not the state of an action item alone."""
    if what != "action changed":
        return True
    return without_progress(before) != without_progress(after)


def without_progress(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in PROGRESS}


def digest_of_words(incident: models.Incident, document: Document | None = None) -> str:
    """A short sign of the words as they stand, to know whether they were seen."""
    words = plain(settled(document or to_document(incident)))
    text = json.dumps(words, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:20]
