"""What an action item says of itself: owner, due date, state, priority, link."""

import re

from incidents.documents.kinds import ActionKind, ActionState, Priority
from incidents.documents.parse.headings import plain
from incidents.documents.parse.source import Slice

OWNER = (
    r"owners?|assigned to|assignees?|assigned|assign|responsible|responsibility"
    r"|dri|lead|who|verantwortlich(?:er?)?|zust[äa]ndig|responsables?|propietario|due[ñn]o"
    r"|asignado a|"
    r"respons[áa]vel|担当者?|负责人|負責人"
)
DUE = (
    r"due(?: date| by| on)?|deadline|eta|target(?: date)?|by when|complete by"
    r"|f[äa]llig(?: am| bis)?|"
    r"frist|termin|fecha(?: l[íi]mite)?|vence|[ée]ch[ée]ance|prazo|期限|期日"
    r"|截止(?:日期)?"
)
STATUS = (
    r"status|state|stand|estado|statut|[ée]tat|avancement"
    r"|状態|状况|状态|ステータス|進捗"
)
PRIORITY = r"priority|prio|priorit[äa]t|prioridad(?:e)?|priorit[ée]|優先度|优先级"
TICKET = (
    r"tickets?|issues?|jira|bugs?|tracking|links?|pr|github|linear|story|url"
    r"|チケット|工单"
)
KIND = r"types?|kinds?|category|art|typ|tipo|種別|种类|类型|類型"

STATES = {
    ActionState.DONE: "done|complete|completed|closed|fixed|resolved|finished"
    "|shipped|merged|deployed|implemented|erledigt|fertig|abgeschlossen|hecho|completado|completada|"
    "terminado|cerrado|fait|termine|feito|concluido|concluida|yes|完了|済|対応済み"
    "|完成|已完成",
    ActionState.IN_PROGRESS: "in progress|in review|doing|wip|started|ongoing"
    "|in arbeit|laufend|en curso|en progreso|en cours|em andamento"
    "|対応中|進行中|进行中",
    ActionState.OPEN: "open|todo|to do|not started|new|pending|outstanding"
    "|backlog|planned"
    "|offen|geplant|abierto|pendiente|ouvert|a faire|aberto|pendente"
    "|未着手|未対応|未完了|待办"
    "|未开始|no",
    ActionState.DECLINED: "declined|wont do|won t do|wont fix|won t fix|wontfix"
    "|rejected|cancelled|canceled|abgelehnt|verworfen|rechazado|refuse|recusado"
    "|却下|已拒绝"
    "|obsolete",
}
STATE_OF = {
    plain(w): state for state, words in STATES.items() for w in words.split("|")
}
PRIORITY_OF = {
    word: priority
    for priority, words in {
        Priority.HIGH: "high|highest|critical|urgent|p0|p1|hoch|alta|alto|haute|高",
        Priority.MEDIUM: "medium|med|normal|p2|mittel|media|medio|moyenne|中",
        Priority.LOW: "low|lowest|p3|p4|niedrig|gering|baja|bajo|baixa|basse|低",
    }.items()
    for word in words.split("|")
}
KIND_OF = {
    word: kind
    for kind, words in {
        ActionKind.PREVENT: "prevent|prevention|preventative|preventive|preventing"
        "|vorbeugung|予防|预防",
        ActionKind.DETECT: "detect|detection|monitoring|alerting|検知|检测",
        ActionKind.MITIGATE: "mitigate|mitigation|mitigative|緩和|缓解",
        ActionKind.PROCESS: "process|プロセス|流程",
    }.items()
    for word in words.split("|")
}
EMPTY = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "none",
        "tbd",
        "tba",
        "?",
        "???",
        "unassigned",
        "nobody",
        "nobody yet",
        "x",
        "à définir",
        "por definir",
        "a definir",
        "offen",
        "未定",
        "待定",
    }
)
URL = re.compile(r"https?://[^\s<>()\[\]|\"'`]+(?:\([^\s()]*\)[^\s<>()\[\]|\"'`]*)*")
# A chat's raw mention, "<@U02AB|ann.lee>", has the name behind its number.
NUMBERED = r"\w+\|(?=[\w.-]+>)"
AT_NAME = re.compile(
    rf"(?<![\w`/.@])(?<!\bcc )@(?:{NUMBERED})?(?P<name>[A-Za-z][\w.-]*\w|[A-Za-z])"
    r"(?![\w@]|\.\w+@)"
)
# "@Ann Lee" is one person where nothing but a mark follows the second name.
AT_FULL_NAME = re.compile(
    rf"(?<![\w`/.@])@(?!{NUMBERED})"
    r"(?P<name>[A-ZÀ-Þ][\w.'-]*(?: [A-ZÀ-Þ][\w.'-]*){1,2})"
    r"(?=\s*(?:$|[)\],;|→—–]))"
)
STRUCK = re.compile(r"^~~(?P<text>.+?)~~(?P<after>.*)$", re.S)
DECLINED_LAST = re.compile(
    r"\s*(?:[(\[–—-]\s*)(?:won['’]?t (?:do|fix)|wontfix|declined|rejected|cancell?ed"
    r"|dropped|abandoned|obsolete|not doing|abgelehnt|verworfen|rechazado|refusé"
    r"|recusado|却下|已拒绝)[)\]]?\.?\s*$",
    re.I,
)
DONE_FIRST = re.compile(
    r"^(?P<mark>\(done\)\s*|\(/\)\s*|(?:✅|☑️?|✔️?)\s*|\**\[?\b(?:DONE|Done|COMPLETED?|Completed?"
    r"|FIXED)\b\]?\**"
    r"(?:\s*[:：–—-]\s*|(?<=\])\s+|(?<=\*)\s+))(?=\S)"
)
STARTED_FIRST = re.compile(
    r"^[*\[]*(?:in progress|wip|ongoing|started)[*\]]*\s*[:：–—-]\s*(?=\S)", re.I
)
DONE_LAST = re.compile(
    r"(?P<mark>\s*(?:[,(\[–—-]+\s*)?(?:✅|☑️?|✔️?|\*{0,2}\b(?:DONE|COMPLETED"
    r"|FIXED)\b\*{0,2}"
    r"|(?<=[(\[])(?:done|completed?|fixed|closed|erledigt|hecho|fait|feito|完了)"
    r"|(?<=[,–—-] )(?:[dD]one|[cC]ompleted)|完了)[)\]]?\.?\s*)$"
)
# "– done 2025-05-20": the day stays in the text, for it is no due date.
DONE_ON = re.compile(
    r"[,(–—-]\s*(?:done|completed|closed|fixed|shipped|erledigt|fait|hecho)\s+"
    r"(?:on |am |le |el )?(?P<when>[^()–—]{4,20}?)[)\]]?\.?\s*$",
    re.I,
)
# What stands behind struck words that were given up, not done.
GIVEN_UP = re.compile(
    r"\W*(?:not (?:now|needed|planned|worth)|no longer|out of scope|won['’]?t\b"
    r"|skipped)",
    re.I,
)
# A coloured state of a wiki: "{status:colour=Green|title=DONE}".
LOZENGE = re.compile(
    r"\{status:(?:[^{}]*[|:])?\s*title=(?P<title>[^|{}\\]+)[^{}]*\}", re.I
)
ENDING = 80
LAST_MARKS = (
    (DONE_LAST, ActionState.DONE),
    (DECLINED_LAST, ActionState.DECLINED),
)


def state_of(text: str) -> ActionState | None:
    """The state that a cell or a label's value names, and nothing more."""
    if lozenge := LOZENGE.fullmatch(text.strip()):
        text = lozenge["title"]
    if text.strip() in ("✅", "☑", "☑️", "✔", "✔️", "(/)", "[x]", "[X]", "x", "X"):
        return ActionState.DONE
    if text.strip() in ("[ ]", "☐", "⬜", "❌", "🔲"):
        return ActionState.OPEN
    return STATE_OF.get(plain(text))


def is_empty(text: str) -> bool:
    return text.strip().strip("*_").casefold() in EMPTY


def owner_name(text: str) -> str:
    """A person's name without the marks around it."""
    name = re.sub(r"^\[(?:~(.+?)\]|(.+?)\]\([^)]*\))$", r"\1\2", text.strip())
    name = re.sub(r"(?<=[\w)]) @", ", ", name.strip(" \t*_`"))
    return re.sub(r"(^|[\s,/&])@", r"\1", name).strip()


def find_url(text: str) -> str:
    """The first web address in a text."""
    match = URL.search(text)
    return match[0].rstrip(".,;:!?*_") if match else ""


def state_marks(piece: Slice) -> tuple[Slice, list[Slice], ActionState | None]:
    """The text without marks that say how far it is, those marks, and the state."""
    text = piece.text
    if match := STRUCK.match(text):
        start, end = match.span("text")
        if state := _after_struck(match["after"]):
            marks = [piece.cut(0, start), piece.cut(end, len(text))]
            return piece.cut(start, end), marks, state
        if GIVEN_UP.match(match["after"]):
            return piece, [], ActionState.DECLINED
    if match := DONE_FIRST.match(text):
        end = match.end("mark")
        return piece.cut(end, len(text)), [piece.cut(0, end)], ActionState.DONE
    if match := STARTED_FIRST.match(text):
        rest = piece.cut(match.end(), len(text))
        return rest, [piece.cut(0, match.end())], ActionState.IN_PROGRESS
    for shape, state in LAST_MARKS:
        match = shape.search(text, max(0, len(text) - ENDING))
        if match and text[: match.start()].strip():
            if match[0].count(")") > match[0].count("("):
                return piece, [], state
            mark = piece.cut(match.start(), len(text))
            return piece.cut(0, match.start()), [mark], state
    return piece, [], None


def _after_struck(after: str) -> ActionState | None:
    """What struck text means, by the words behind it: done, unless they say more."""
    if DECLINED_LAST.match(after) or state_of(after) is ActionState.DECLINED:
        return ActionState.DECLINED
    done = not after.strip() or DONE_LAST.match(after)
    return ActionState.DONE if done else None
