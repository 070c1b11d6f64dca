"""How an incident came to light, where the document clearly says so."""

import re
from collections.abc import Iterable

from incidents.documents.kinds import Detection

# "No alert fired" tells that it was not an alert.
NEVER = re.compile(
    r"\b(?:no|not|never|without|neither|nor|none of|didn['’]?t|did not|instead of"
    r"|rather than|before|kein\w*|nicht|sin|ning[uú]n\w*|aucune?|pas d['’e]|sem"
    r"|nenhum\w*)\s+(?:[\w'’-]+\s+){0,4}$",
    re.I,
)
WORDS = {
    Detection.ALERT: r"alerts?|alerted|alerting|alarms?|monitors?|monitoring|monitored"
    r"|pagers?|paged|pages? (?:went|fired|out)|pagerduty|opsgenie|prometheus|datadog"
    r"|grafana|nagios|sentry|new relic|cloudwatch|synthetic (?:checks?|tests?|login)"
    r"|probes?|health checks?|borgmon|alarme?n?|[üu]berwachung|alertas?|monitoreo"
    r"|monitoramento|alertes?|supervision",
    Detection.CUSTOMER: r"customers?|clients?|users?|(?:support )?tickets?"
    r"|support (?:team|requests?|calls?|cases?|queue)|complaints?|twitter|social media"
    r"|kunden\w*|kundin|nutzer\w*|clientes?|usuarios?|usu[áa]rios?|utilisateurs?",
    Detection.ENGINEER: r"engineers?|developers?|on-?call engineers?|colleagues?"
    r"|employees?|team members?|operators?|sre|staff|entwickler\w*|mitarbeiter\w*"
    r"|ingenier[oa]s?|ing[ée]nieure?s?|engenheir[oa]s?|desenvolvedor\w*",
}
SHAPES = {kind: re.compile(rf"\b(?:{words})\b", re.I) for kind, words in WORDS.items()}
ASIAN = {
    Detection.ALERT: ("アラート", "監視", "告警", "监控"),
    Detection.CUSTOMER: ("ユーザー", "顧客", "お客様", "用户", "客户"),
    Detection.ENGINEER: ("エンジニア", "担当者", "工程师"),
}
FIRST = re.compile(r"^.*?(?:[.!?](?=\s|$)|[。！？]|\n\s*\n|\Z)", re.S)
LONGEST = 400


def find_detection(texts: Iterable[str]) -> Detection | None:
    """What the first sentence of these names; None where it names two, or none."""
    for text in texts:
        sentence = FIRST.match(text[:LONGEST].strip())
        named = _named(sentence[0] if sentence else "")
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def _named(sentence: str) -> set[Detection]:
    found = {kind for kind, shape in SHAPES.items() if _says(shape, sentence)}
    return found | {
        kind for kind, words in ASIAN.items() if any(w in sentence for w in words)
    }


def _says(shape: re.Pattern[str], sentence: str) -> bool:
    return any(
        not NEVER.search(sentence[max(0, match.start() - 60) : match.start()])
        for match in shape.finditer(sentence)
    )
