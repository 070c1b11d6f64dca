"""The notes of an action item: "(Owner: Dana, due 3 May)", taken off or left."""

import datetime as dt
import re
from collections.abc import Callable

from incidents.documents.kinds import ActionState
from incidents.documents.parse.action_drafts import ActionDraft, ActionFacts
from incidents.documents.parse.annotations import (
    AT_FULL_NAME,
    AT_NAME,
    KIND_OF,
    PRIORITY_OF,
    URL,
    find_url,
    is_empty,
    owner_name,
    state_of,
)
from incidents.documents.parse.due import is_about
from incidents.documents.parse.headings import plain
from incidents.documents.parse.moments import day_of
from incidents.documents.parse.note_shapes import (
    BREAK,
    BULLET,
    BY_DAY,
    CAPITAL,
    DOTTED_DAY,
    FIELD,
    GIVEN,
    LABEL,
    LAST_DAY,
    LAST_LINK,
    LAST_NAME,
    LINK,
    LONGEST_NAME,
    LONGEST_NOTES,
    MOST_NOTES,
    NAME,
    PART,
    SURE_NAME,
    endings,
)
from incidents.documents.parse.source import Slice, unescaped

DueReader = Callable[[str], dt.date | None]
Trust = Callable[[str], bool]


class NoteReader:
    """Reads values into facts, and notes off the end of a text."""

    def __init__(self, read_due: DueReader, trusts: Trust) -> None:
        self.read_due = read_due
        self.trusts = trusts

    def take(self, facts: ActionFacts, name: str, value: str) -> bool:
        """Read a value; false where the fact cannot hold all that it says."""
        reader = {
            "owner": self._owner,
            "due": self._due,
            "state": self._state,
            "priority": self._priority,
            "kind": self._kind,
            "ticket": self._ticket,
        }.get(name)
        return reader is not None and reader(facts, value)

    def _owner(self, facts: ActionFacts, value: str) -> bool:
        if facts.owner or len(value) > LONGEST_NAME or is_empty(value):
            return False
        facts.owner = owner_name(value)
        return bool(facts.owner)

    def _due(self, facts: ActionFacts, value: str) -> bool:
        if facts.due is not None:
            return False
        if state_of(value) is ActionState.DONE:
            return self._state(facts, value)
        facts.due = self.read_due(value)
        return facts.due is not None and not is_about(value)

    def _state(self, facts: ActionFacts, value: str) -> bool:
        state = state_of(value)
        # "Done (10 May)" says more than a state can hold.
        about = state or state_of(value.partition("(")[0])
        facts.state = about or facts.state
        return state is not None

    def _priority(self, facts: ActionFacts, value: str) -> bool:
        priority = PRIORITY_OF.get(plain(value))
        facts.priority = priority or facts.priority
        return priority is not None

    def _kind(self, facts: ActionFacts, value: str) -> bool:
        kind = KIND_OF.get(plain(value))
        facts.kind = kind or facts.kind
        return kind is not None

    def _ticket(self, facts: ActionFacts, value: str) -> bool:
        facts.url = facts.url or find_url(value)
        words = LINK.sub(r"\1", value).strip("<> ")
        return bool(facts.url) and words in facts.url

    def take_notes(self, draft: ActionDraft, piece: Slice) -> Slice:
        """The text without the notes at its end; they stay where any of their
        words would be lost, and are read all the same."""
        if "\n" in piece.text:
            return self._note_lines(draft, piece)
        piece = self._without_break(draft, piece)
        for _ in range(MOST_NOTES):
            shorter = (
                self._take_link(draft, piece)
                or self._take_last(draft, piece)
                or self._take_day(draft, piece)
                or self._take_name(draft, piece)
            )
            if shorter is None:
                break
            piece = shorter
        return piece

    def take_label(self, draft: ActionDraft, piece: Slice) -> Slice:
        """The text without "P1:" or "Prevent:" before it, which a fact then holds."""
        match = LABEL.match(piece.first)
        if match is None:
            return piece
        name = "priority" if plain(match["word"]) in PRIORITY_OF else "kind"
        if getattr(draft.facts, name) is not None:
            return piece
        self.take(draft.facts, name, match["word"])
        draft.facts.used.append((name, piece.before(match.end())))
        return piece.after(match.end())

    def _without_break(self, draft: ActionDraft, piece: Slice) -> Slice:
        match = BREAK.search(piece.text, max(0, len(piece.text) - LONGEST_NAME))
        if match is None:
            return piece
        draft.marks.append(piece.cut(match.start(), len(piece.text)))
        return piece.cut(0, match.start())

    def _take_link(self, draft: ActionDraft, piece: Slice) -> Slice | None:
        """The text without the link to its ticket, where the address says it all."""
        match = LAST_LINK.search(piece.text, max(0, len(piece.text) - LONGEST_NOTES))
        if (
            match is None
            or draft.facts.url
            or unescaped(match["words"]) not in match["url"]
        ):
            return None
        if not piece.text[: match.start()].strip():
            return None
        draft.facts.url = match["url"]
        mark = piece.cut(match.start(), len(piece.text))
        draft.facts.used.append(("url", mark))
        return piece.cut(0, match.start())

    def _take_last(self, draft: ActionDraft, piece: Slice) -> Slice | None:
        """The text without its last note; None where it has none to take off."""
        half = ActionFacts()
        for match in endings(piece.text):
            trial = ActionFacts()
            apart = bool(match["open"] or match["lead"].strip())
            body = piece.cut(match.start("body"), match.end("body"))
            if self._notes(trial, body, apart=apart):
                draft.facts.adopt(trial)
                draft.facts.used.extend(trial.used)
                draft.marks.append(piece.cut(match.start(), len(piece.text)))
                return piece.cut(0, match.start())
            trial.adopt(half)
            half = trial
        draft.facts.adopt(half)
        return None

    def _take_day(self, draft: ActionDraft, piece: Slice) -> Slice | None:
        """The text without the due date that ends it, written as nothing but a day."""
        match = LAST_DAY.search(piece.text, max(0, len(piece.text) - LONGEST_NAME))
        if match is None or not piece.text[: match.start()].strip():
            return None
        day = piece.cut(*match.span("when"))
        if not self._day(draft.facts, day, unescaped(match["when"])):
            return None
        draft.marks.append(piece.cut(match.start(), len(piece.text)))
        return piece.cut(0, match.start())

    def _take_name(self, draft: ActionDraft, piece: Slice) -> Slice | None:
        """The text without the name that ends it, where it is surely an owner."""
        start = max(0, len(piece.text) - LONGEST_NAME)
        match = LAST_NAME.search(piece.text, start)
        if match is None or draft.facts.owner or not piece.text[: match.start()]:
            return None
        group = match.lastgroup or ""
        name = match[group]
        before_a_note = group == "behind" and bool(draft.facts.used)
        given = group in GIVEN or (before_a_note and SURE_NAME.fullmatch(name))
        if not given and not self.trusts(name):
            return None
        draft.facts.owner = name
        where = match.span(group)
        draft.facts.used.append(("owner", piece.cut(*where)))
        draft.marks.append(piece.cut(match.start(), len(piece.text)))
        return piece.cut(0, match.start())

    def _notes(self, trial: ActionFacts, body: Slice, *, apart: bool) -> bool:
        """Read each note; whether every one of them was understood whole."""
        parts = [body.cut(*p.span()) for p in PART.finditer(body.text) if p[0].strip()]
        odd = [
            one
            for one in parts
            if not self._note(trial, one, apart=apart or one is not parts[0])
        ]
        if len(odd) == 1 and len(parts) > 1 and not trial.owner:
            return self._named_among(trial, odd[0])
        return bool(parts) and not odd

    def _named_among(self, trial: ActionFacts, piece: Slice) -> bool:
        """Somebody's name among notes that were understood: "P1, Dana, 3 May"."""
        name = piece.text.strip()
        if SURE_NAME.fullmatch(name) is None:
            return False
        trial.owner = name
        trial.used.append(("owner", piece))
        return True

    def _note(self, trial: ActionFacts, piece: Slice, *, apart: bool) -> bool:
        text = unescaped(piece.text).strip(" \t-–—→/")
        text = text if DOTTED_DAY.search(text) else text.strip(" .")
        if match := AT_FULL_NAME.fullmatch(text):
            trial.owner = trial.owner or match["name"]
            trial.used.append(("owner", piece))
            return True
        if apart and not trial.url and URL.fullmatch(piece.text.strip(" \t-–—→")):
            trial.url = find_url(piece.text)
            trial.used.append(("url", piece))
            return True
        if match := AT_NAME.match(text):
            return self._at_name(trial, piece, match)
        if by := BY_DAY.match(text):
            return self._day(trial, piece, by["when"])
        if apart and self._day(trial, piece, text):
            return True
        if apart and plain(text) in PRIORITY_OF:
            trial.used.append(("priority", piece))
            return self._priority(trial, text)
        if apart and state_of(text):
            trial.used.append(("state", piece))
            return self._state(trial, text)
        match = FIELD.match(text)
        if match is None or not match["value"]:
            return False
        named = match["owner"] and re.fullmatch(NAME, match["value"])
        if not match["colon"] and not (apart and (match["due"] or named)):
            return False
        groups = match.groupdict()
        name = next(n for n in groups if groups[n] and n not in ("value", "colon"))
        trial.used.append((name, piece))
        return self.take(trial, name, match["value"])

    def _at_name(self, trial: ActionFacts, piece: Slice, match: re.Match[str]) -> bool:
        """ "@dana", "@dana 2025-05-09" or "@Dana Lee 9 May"."""
        name, rest = match["name"], match.string[match.end() :].strip()
        trial.owner = trial.owner or name
        trial.used.append(("owner", piece))
        while rest and not self._day_behind(trial, piece, rest):
            word, _, rest = rest.partition(" ")
            if not rest or re.fullmatch(CAPITAL, word) is None:
                return False
            name = f"{name} {word}"
        trial.owner = name if trial.owner == match["name"] else trial.owner
        return True

    def _day_behind(self, trial: ActionFacts, piece: Slice, words: str) -> bool:
        by = BY_DAY.match(words)
        return self._day(trial, piece, by["when"] if by else words)

    def _day(self, trial: ActionFacts, piece: Slice, when: str) -> bool:
        """A due date that is a day and nothing else, so that no word is lost."""
        due = self.read_due(when) if day_of(when) else None
        if due is None or trial.due not in (None, due):
            return False
        trial.due = due
        trial.used.append(("due", piece))
        return True

    def _note_lines(self, draft: ActionDraft, piece: Slice) -> Slice:
        """Nested lines such as "- Owner: Dana" that say one thing each."""
        kept: list[tuple[int, int]] = []
        for number, line in enumerate(piece.lines()):
            bullet = BULLET.match(line.text)
            body = line.after(bullet.end() if bullet else 0)
            trial = ActionFacts()
            match = FIELD.match(body.text) if number else None
            if match and match["colon"] and self._notes(trial, body, apart=True):
                draft.facts.adopt(trial)
                draft.facts.used.extend(trial.used)
                draft.marks.append(line)
            else:
                kept.extend(line.ranges)
        return Slice(piece.source, tuple(kept)).strip()
