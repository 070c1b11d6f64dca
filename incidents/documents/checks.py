"""What a postmortem should have before others rely on it: each a sentence.

Which of them a site requires is the site's own decision; here is only whether
they hold.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from incidents.documents.document import Document
from incidents.documents.kinds import ActionKind, EntryKind, Kind, SectionKind
from incidents.documents.progress import actions

# Up to this rank an incident was bad enough that it must not come again.
WORST: Final = 2


class Rule(Kind):
    """A check by its name. The label is the sentence that people read."""

    SUMMARY = "summary", "The summary is written"
    TIMES = "times", "Start, end and time zone are set"
    IMPACT = "impact", "Impact is a number"
    NOTICED = "noticed", "It says how it was noticed"
    ON_TIMELINE = "on_timeline", "Detection is on the timeline"
    CAUSE = "cause", "A root cause or a finding is written"
    OWNERS = "owners", "Every action item has an owner and a date"
    PREVENTS = "prevents", "At least one item prevents a repeat"
    FACTORS = "factors", "Every factor is answered or accepted"
    COMMENTS = "comments", "No comment is open"
    APPROVAL = "approval", "Somebody approved it as it stands"


# Where each can be mended: a part of the editor, a kind of section, or the review.
PLACES: Final = {
    Rule.SUMMARY: SectionKind.SUMMARY.value,
    Rule.TIMES: "when",
    Rule.IMPACT: "impact",
    Rule.NOTICED: "impact",
    Rule.ON_TIMELINE: "timeline",
    Rule.CAUSE: SectionKind.ROOT_CAUSE.value,
    Rule.OWNERS: "actions",
    Rule.PREVENTS: "actions",
    Rule.FACTORS: "factors",
    Rule.COMMENTS: "comments",
    Rule.APPROVAL: "reviewers",
}
IN_REVIEW: Final = frozenset({Rule.COMMENTS, Rule.APPROVAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the record knows beside the text. `rank` is the severity's, 1 the worst.

    `approvals` counts those that are not stale.
    """

    rank: int | None = None
    open_comments: int = 0
    approvals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing a reader will look for, and whether this site insists on it."""

    rule: Rule
    holds: bool
    required: bool = False

    @property
    def sentence(self) -> str:
        return self.rule.label

    @property
    def part(self) -> str:
        return PLACES[self.rule]

    @property
    def in_review(self) -> bool:
        """Whether it is mended on the page of the review, not in the editor."""
        return self.rule in IN_REVIEW


def checks(
    document: Document,
    standing: Standing | None = None,
    required: Collection[str] = (),
) -> tuple[Check, ...]:
    """Every check that this postmortem has to pass, in the order of its parts."""
    known = standing or Standing()
    return tuple(
        Check(rule=rule, holds=holds, required=rule in required)
        for rule, holds in answers(document, known)
    )


def answers(document: Document, standing: Standing) -> Iterator[tuple[Rule, bool]]:
    for rule, holds in OF_THE_TEXT.items():
        # A small incident may come again; a promise against it is no duty.
        if rule != Rule.PREVENTS or is_bad(standing):
            yield rule, holds(document)
    yield Rule.COMMENTS, not standing.open_comments
    yield Rule.APPROVAL, standing.approvals > 0


def is_bad(standing: Standing) -> bool:
    return standing.rank is not None and standing.rank <= WORST


def failed(found: Collection[Check]) -> list[Check]:
    """What is required and does not hold."""
    return [check for check in found if check.required and not check.holds]


def wrote(document: Document, kind: SectionKind) -> bool:
    return any(s.kind == kind and s.body.strip() for s in document.sections)


def has_summary(document: Document) -> bool:
    return wrote(document, SectionKind.SUMMARY)


def has_times(document: Document) -> bool:
    return bool(document.started_at and document.resolved_at and document.zone)


def has_impact_number(document: Document) -> bool:
    numbers = (document.users_affected_percent, document.users_affected_count)
    return any(number is not None for number in numbers)


def says_how_noticed(document: Document) -> bool:
    return document.detection is not None


def shows_detection(document: Document) -> bool:
    return any(entry.kind == EntryKind.DETECTED for entry in document.timeline)


def has_cause(document: Document) -> bool:
    return wrote(document, SectionKind.ROOT_CAUSE) or any(
        entry.kind == EntryKind.FINDING for entry in document.timeline
    )


def owned(document: Document) -> bool:
    return actions(document) == "full"


def prevents(document: Document) -> bool:
    return any(item.kind == ActionKind.PREVENT for item in document.actions)


def answered(document: Document) -> bool:
    return all(factor.answers or factor.accepted for factor in document.factors)


OF_THE_TEXT: Final[dict[Rule, Callable[[Document], bool]]] = {
    Rule.SUMMARY: has_summary,
    Rule.TIMES: has_times,
    Rule.IMPACT: has_impact_number,
    Rule.NOTICED: says_how_noticed,
    Rule.ON_TIMELINE: shows_detection,
    Rule.CAUSE: has_cause,
    Rule.OWNERS: owned,
    Rule.PREVENTS: prevents,
    Rule.FACTORS: answered,
}
