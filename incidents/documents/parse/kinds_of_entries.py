from incidents.documents.kinds import EntryKind


def guess_kind(text: str) -> EntryKind:
    return EntryKind.NOTE
