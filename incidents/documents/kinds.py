"""The closed vocabularies of a postmortem, shared by text, rows and forms."""

from enum import StrEnum
from typing import Self


class Kind(StrEnum):
    """A word that is stored, with the label that a person reads."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]


class SectionKind(Kind):
    SUMMARY = "summary", "Summary"
    IMPACT = "impact", "Impact"
    DETECTION = "detection", "Detection"
    ROOT_CAUSE = "root_cause", "Root cause"
    RESOLUTION = "resolution", "Resolution and recovery"
    PREVENTION = "prevention", "Prevention"
    LESSONS = "lessons", "Lessons"
    OTHER = "other", "Other"


class EntryKind(Kind):
    DETECTED = "detected", "Detected"
    ACTION = "action", "Action"
    DEAD_END = "dead_end", "Dead end"
    ESCALATION = "escalation", "Escalated"
    FINDING = "finding", "Cause found"
    MITIGATION = "mitigation", "Mitigated"
    RESOLVED = "resolved", "Resolved"
    NOTE = "note", "Note"


class ActionKind(Kind):
    PREVENT = "prevent", "Prevent"
    DETECT = "detect", "Detect"
    MITIGATE = "mitigate", "Mitigate"
    PROCESS = "process", "Process"


class ActionState(Kind):
    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    DECLINED = "declined", "Declined"


class Priority(Kind):
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Detection(Kind):
    ALERT = "alert", "An alert"
    ENGINEER = "engineer", "An engineer"
    CUSTOMER = "customer", "A customer"
    OTHER = "other", "Something else"


class Rhythm(Kind):
    """How often somebody wants to be reminded."""

    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Once a week"
    NONE = "none", "Never"
