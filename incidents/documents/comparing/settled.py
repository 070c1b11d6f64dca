"""What of a postmortem was read and approved, without what goes on living.

Action items are ticked, taken up and declined after the report is out. That
makes no approval old and no new version.
"""

from dataclasses import replace

from incidents.documents.document import Action, Document, Person
from incidents.documents.kinds import ActionState


def settled(document: Document) -> Document:
    """The document with every item open, and its people known by name alone."""
    return replace(
        document,
        owner=by_name(document.owner),
        participants=tuple(
            replace(row, person=Person(name=row.person.name))
            for row in document.participants
        ),
        actions=tuple(promised(item) for item in document.actions),
    )


def promised(item: Action) -> Action:
    """The item as it was promised: its words, its owner and its day."""
    return replace(
        item,
        owner=by_name(item.owner),
        state=ActionState.OPEN,
        done_at=None,
        done_by=None,
        evidence="",
        declined_because="",
    )


def by_name(person: Person | None) -> Person | None:
    """An account that was closed since does not make its owner somebody else."""
    return Person(name=person.name) if person else None


def same_words(old: Document, new: Document) -> bool:
    """Whether whoever has read the one has also read the other."""
    return settled(old) == settled(new)
