"""Facts that stand beside a label: in bullets, lines, tables and front matter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.guises import DEFINED
from incidents.documents.parse.headings import plain
from incidents.documents.parse.source import Slice, Source, unescaped
from incidents.documents.parse.tables import Row, Table, read_table
from incidents.documents.times.vocabulary import DAY_WORDS

NAMES: dict[str, str] = {
    "title": "title|incident|incident title|incident name|name|subject|titel|titulo"
    "|titre|"
    "件名|タイトル|标题",
    "started": "when did it start|when did it begin|when did this start|start|started"
    "|start time|started at|incident start|incident started"
    "|start date|"
    "impact start|impact started|impact started at|t0|t 0"
    "|began|begin|outage start|time started"
    "|incident start time|from|"
    "beginn|start der storung|anfang|inicio|hora de inicio|inicio del incidente|debut|"
    "inicio do incidente|開始|開始時刻|発生|発生時刻|発生日時|开始|开始时间|发生时间",
    "detected": "when was it detected|when did we notice|when was it noticed|detected"
    "|detected at|reported at|detection time|time detected|time of detection"
    "|entdeckt|"
    "entdeckt um|erkannt|detectado|detecte|検知時刻|検知|検知日時|发现时间|检测时间",
    "mitigated": "mitigated|mitigated at|mitigation time|time mitigated|mitigado"
    "|attenue|緩和時刻|缓解时间",
    "resolved": "when was it resolved|when did it end|when was it fixed|end|ended"
    "|end time|ended at|resolved|resolved at|resolution time"
    "|time resolved|"
    "incident end|incident ended|impact end|impact ended|recovered|recovered at"
    "|restored|end date|"
    "time of resolution|outage end|incident end time|finished|to|until|fixed at"
    "|all clear|"
    "ende|behoben|behoben um|storungsende|fin|hora de fin|resuelto|fin del incidente"
    "|resolu|"
    "resolvido|fim|終了|終了時刻|復旧|復旧時刻|解決|解決時刻|復旧日時|结束|结束时间"
    "|恢复时间|解决时间",
    "window": "time|when|incident window|outage window|impact window|window"
    "|time of incident|"
    "incident time|time window|time frame|timeframe|zeitraum|zeit|horario|発生期間"
    "|時間帯|故障时间|时间",
    "duration": "duration|total duration|incident duration|outage duration"
    "|impact duration|"
    "length|time to resolve|time to resolution|ttr|downtime|total downtime|lasted"
    "|dauer|ausfallzeit|"
    "duracion|duracion total|duree|duracao|継続時間|障害時間|期間|停止時間|持续时间"
    "|故障时长|时长|影响时长",
    "date": "date|day|incident date|date of incident|incident day"
    "|date of event|event date"
    "|date of the incident|datum|fecha|"
    "fecha del incidente|data|date de l incident|日付|発生日|日期|事故日期",
    "published": "published|posted|sent|gesendet|envoye|enviado",
    "severity": "severity|sev|incident severity|severity level|sev level|priority"
    "|incident priority|"
    "schweregrad|prioritat|severidad|gravedad|prioridad|gravite|severite|priorite"
    "|severidade|"
    "gravidade|prioridade|重大度|深刻度|重要度|優先度|严重程度|严重性|级别|故障级别"
    "|等级|优先级",
    "services": "services|service|affected services|affected service"
    "|services affected|component s|"
    "impacted services|impacted service|services impacted|components"
    "|affected components|component|"
    "affected systems|systems affected|systems|impacted systems|affected system|system|"
    "product service|product|products|applications|application|"
    "betroffene dienste|betroffene systeme|betroffene anwendungen|"
    "dienste|dienst|servicios"
    "|servicios afectados|servicio|"
    "services affectes|services touches|service affecte|servicos|servicos afetados"
    "|servico|"
    "対象サービス|影響サービス|サービス|影响服务|受影响服务|受影响的服务|服务",
    "authors": "author|authors|written by|prepared by|author s|postmortem author"
    "|postmortem authors|"
    "report author|autor|autoren|verfasser|verfasserin|erstellt von|autores|autora"
    "|auteur|auteurs|redacteur|redacteurs|redactrice|"
    "redige par|autor es|作成者|著者|報告者|作者|撰写人|编写人",
    "reporter": "reported by|reporter|raised by|gemeldet von|signale par",
    "participants": "participants|attendees|responders|incident responders|responder"
    "|people involved|people|who|involved|contributors|facilitator"
    "|present|in attendance|anwesend|presents|presentes"
    "|sme|smes|subject matter expert|subject matter experts|on call|on call engineer"
    "|respondents|teilnehmer|teilnehmerinnen"
    "|beteiligte|participantes|intervenants|asistentes",
    "communications": "comms lead|comms|communications lead|communication"
    "|communications",
    "scribe": "scribe|note taker|protokoll|schriftfuhrer",
    "owner": "postmortem owner|post mortem owner|owner|document owner|pm owner"
    "|incident owner|owned by"
    "|report owner"
    "|verantwortlich|responsable|"
    "responsavel|責任者|负责人",
    "commander": "incident commander|ic|commander|incident lead|incident manager|lead"
    "|einsatzleiter|"
    "comandante|指挥官|インシデントコマンダー",
    "affected": "affected|impacted|betroffen|afectados|afectado|touches|concernes",
    "users": "users affected|affected users|users impacted|impacted users"
    "|customers affected|"
    "affected customers|customers impacted|impacted customers|user impact"
    "|customer impact|"
    "users|customers|betroffene nutzer|betroffene kunden|usuarios afectados"
    "|clientes afectados|"
    "utilisateurs affectes|utilisateurs touches|usuarios impactados|影響ユーザー"
    "|影響ユーザー数|受影响用户",
    "timezone": "timezone|time zone|zone|tz|all times in|times in|zeitzone|zona horaria"
    "|fuseau horaire|fuseau|"
    "fuso horario|タイムゾーン|时区",
    "tags": "tags|labels|keywords|topics|schlagworter|etiquetas|タグ|标签",
    "impact": "impact|customer impact|auswirkung|auswirkungen|impacto|影響|影响",
    "detection": "detection|detected by|how detected|detection method|detected via"
    "|detected through|detection source|how was it detected|how it was detected"
    "|discovered by|erkannt durch|detectado por|detecte par|entdeckt durch"
    "|検知方法",
}
BY_NAME = {
    plain(word): name
    for name, words in reversed(NAMES.items())
    for word in words.split("|")
}
LINE = re.compile(
    r"^\s*(?:[-*+•]\s+|\d+[.)]\s+|>\s*)?(?:[^\w\s*_`<|\[(]+\s*)?(?:\*\*|__|\*|_|<b>"
    r"|<strong>)?"
    r"(?P<label>[^\s:：|*_<>`][^:：|*<>`\n]{0,48}?)\s*"
    r"(?:[:：]\s*(?:\*\*|__|\*|_|</b>|</strong>)|(?:\*\*|__|\*|_|</b>"
    r"|</strong>)\s*(?:[:：]|\s[–—-]\s)|:(?=\s|\D)|：|\s[–—=]\s|[?？](?:\*\*|__))"
    r"\s*(?P<value>.*?)_?\s*(?:<br\s*/?>|\\)?\s*$"
)


# A wiki's row of a label and its value, in a table without a head.
WIKI_ROW = re.compile(r"^\s*\|{1,2}(?P<label>[^|]{1,48})\|{1,2}(?P<value>.+?)\|\s*$")
# Several labels may share a line: "**Status:** final · **Severity:** 2".
BESIDE = re.compile(
    r"\s+[·•|]\s+(?=\S)|\s{2,}(?=\*\*\S)|;\s+(?=[^\W\d_][\w /-]{1,30}:\s)"
)


# What stands around a moment's name: "Impact start date", "Date/time of detection".
AROUND_MOMENT = re.compile(
    r"^(?:(?:incident|impact|outage) )?(?:(?:date time|date|time) (?:of )?)?"
    r"|(?: (?:date|time|at))+$"
)
MOMENT_OF = {
    "detection": "detected",
    "mitigation": "mitigated",
    "resolution": "resolved",
    "recovery": "resolved",
}
SAYS_WHEN = re.compile(r"\b(?:date|time)\b")
MOMENTS = ("started", "detected", "mitigated", "resolved")
FEW_WORDS = 3
# "Incident: 2025-09-15, 2 pm to 6 pm" tells when it was, and no name.
OPENS_WITH_DAY = re.compile(r"\W*20\d\d-\d\d-\d\d\b")
PEOPLE = re.compile(
    r"(?<![\w-])\d|%|\b(?:users?|customers?|clients?|people|everyone|everybody|all|nobody|none"
    r"|nutzer|kunden|alle|usuarios|clientes|todos|utilisateurs|tous)\b",
    re.I,
)
DAY_MENTION = re.compile(rf"@(?=(?:{DAY_WORDS})\b|\d)", re.I)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label's fact and its value, with the place it was read from."""

    name: str
    value: str
    piece: Slice
    line: int


def fact_name(label: str) -> str | None:
    """The fact that a label stands for."""
    words = plain(re.sub(r"\s*\([^)]*\)\s*$", "", label))
    return BY_NAME.get(words) or _moment_name(words)


def _moment_name(words: str) -> str | None:
    """The fact of "Date/time detected" or "Impact mitigation date"."""
    bare = AROUND_MOMENT.sub("", words)
    name = BY_NAME.get(bare)
    if SAYS_WHEN.search(words):
        name = MOMENT_OF.get(bare, name)
    return name if bare != words and name in MOMENTS else None


def _name_for(label: str, value: str) -> str | None:
    """The fact of a label, where only its value says which."""
    name = fact_name(label)
    if name == "title" and OPENS_WITH_DAY.match(value):
        return "window"
    return _of_affected(value) if name == "affected" else name


def _of_affected(value: str) -> str:
    """Whom or what "Affected:" names: people, or a list of short names."""
    few = all(len(part.split()) <= FEW_WORDS for part in value.split(","))
    return "services" if few and not PEOPLE.search(value) else "users"


def find_labelled(source: Source, blocks: list[Block]) -> Iterator[Labelled]:
    """Every fact beside its label, in the order of the document."""
    for block in blocks:
        table = read_table(source, block)
        if table is not None:
            yield from _in_table(table)
        elif block.kind in ("paragraph", "list", "quote"):
            yield from _in_lines(source, block)


def _in_lines(source: Source, block: Block) -> Iterator[Labelled]:
    for number in range(block.first, block.last):
        line = source.slice(number, number + 1)
        if row := WIKI_ROW.match(line.text):
            yield from _named(row, line, number, row["value"].strip())
            continue
        if (term := DEFINED.match(line.text)) and number > block.first:
            defined = line.cut(*term.span("value"))
            yield from _told(source.lines[number - 1], defined, number)
            continue
        at = 0
        edges = [m.span() for m in BESIDE.finditer(line.text)]
        for end, following in [*edges, (len(line.text), 0)]:
            part = line.cut(at, end)
            at = following
            if match := LINE.match(part.text):
                value = match["value"] or _nested(source, number, block.last)
                yield from _named(match, part, number, value)


def _named(
    match: re.Match[str], part: Slice, line: int, value: str
) -> Iterator[Labelled]:
    """The fact of a label and its value, if it is one and has a value."""
    name = _name_for(match["label"], value)
    # A notes app puts "@" before the days that it knows.
    value = unescaped(DAY_MENTION.sub("", value))
    if name and value:
        yield Labelled(name, value, part.cut(*match.span("value")), line)


def _told(label: str, value: Slice, line: int) -> Iterator[Labelled]:
    """The fact of a label whose value stands apart: in a cell, or on its own line."""
    name = _name_for(label, value.text) if value else None
    if name:
        yield Labelled(name, unescaped(value.text), value, line)


def _nested(source: Source, number: int, last: int) -> str:
    """The bullets below a label that has nothing beside it, as one line."""
    indent = len(source.lines[number]) - len(source.lines[number].lstrip())
    values = []
    for line in source.lines[number + 1 : last]:
        if not line.strip() or len(line) - len(line.lstrip()) <= indent:
            break
        values.append(re.sub(r"^\s*[-*+]\s+", "", line).strip())
    return ", ".join(values)


def _in_table(table: Table) -> Iterator[Labelled]:
    rows = list(table.rows)
    if table.header:
        rows.insert(0, Row(table.first, table.first + 1, table.header))
    down = [row for row in rows if len(row.cells) >= 2 and fact_name(row.cells[0].text)]
    across = [cell for cell in table.header if fact_name(cell.text)]
    if len(across) >= 2 and len(table.rows) == 1:
        for head, cell in zip(table.header, table.rows[0].cells, strict=False):
            yield from _told(head.text, cell, table.rows[0].first)
    elif all(len(row.cells) == 2 for row in rows):
        for row in down:
            yield from _told(row.cells[0].text, row.cells[1], row.first)
