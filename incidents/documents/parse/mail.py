"""What a mail has around its words: a head, a closing, and the mail it answers."""

import re
from collections.abc import Iterable

HEAD = re.compile(r"\W*(from|to|cc|subject|von|an|betreff|de|objet|asunto):", re.I)
CLOSING = re.compile(
    r"(?:(?:best|kind|warm|many) (?:regards|wishes)|best|regards|cheers|sincerely"
    r"|(?:many )?thanks|yours(?: \w+)?|cordialement|bien à vous|(?:un )?saludos?"
    r"|(?:viele|beste|liebe|mit freundlichen) gr[üu](?:ß|ss)en?|atenciosamente"
    r"|abraços?)[,.!]?",
    re.I,
)
ANSWERED = re.compile(
    r"-{2,}\s*(?P<divider>\w+ (?:message|nachricht)|mensaje \w+|message \w+)\s*-{2,}"
    r"|(?P<quoted>(?:on|am|le|el|em)\b.{8,160}"
    r"\b(?:wrote|schrieb\b.{0,80}|a écrit|escribió|escreveu)) ?:",
    re.I,
)
# How many lines the head of a mail takes, and how far below a name follows a closing.
HEAD_LINES, NAME_LINES = 6, 3


def mail_heads(lines: Iterable[str]) -> set[str]:
    """The names of a mail's head that some lines start with."""
    return {head[1].casefold() for one in lines if (head := HEAD.match(one))}


def is_mail(lines: list[str]) -> bool:
    """Whether a text opens with "From:", "To:" and "Subject:"."""
    return len(mail_heads(lines[:HEAD_LINES])) > 1


def end_of_mail(lines: list[str], number: int) -> str:
    """The words of a line that ends what a mail says; empty where it goes on.

    That is a closing above somebody's name, or the head of an older mail.
    """
    line = lines[number].strip()
    if CLOSING.fullmatch(line):
        named = any(map(str.strip, lines[number + 1 : number + NAME_LINES]))
        return line.rstrip(",.!") if named else ""
    if answered := ANSWERED.fullmatch(line):
        return answered["divider"] or answered["quoted"]
    heads = mail_heads(lines[number : number + HEAD_LINES])
    is_head = number > HEAD_LINES and line.casefold().startswith(("from:", "von:"))
    return line if is_head and len(heads) > 1 else ""
