"""What a heading's words promise: a kind of section, a timeline, tasks, a title."""

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from incidents.documents.kinds import SectionKind


class Role(Enum):
    """What a heading is for."""

    SECTION = "section"
    TIMELINE = "timeline"
    ACTIONS = "actions"
    MEASURES = "measures"
    IMPROVEMENTS = "improvements"


Topic = tuple[Role, SectionKind]

TIMELINE = (Role.TIMELINE, SectionKind.OTHER)
ACTIONS = (Role.ACTIONS, SectionKind.PREVENTION)
MEASURES = (Role.MEASURES, SectionKind.PREVENTION)
IMPROVEMENTS = (Role.IMPROVEMENTS, SectionKind.PREVENTION)
# Whatever stood above ends here, and nothing is promised.
APART = (Role.SECTION, SectionKind.OTHER)

# Each phrase is looked for as whole words, plural or not, in a heading that
# was lowered and stripped of accents, marks and emoji.
PHRASES: dict[Topic, str] = {
    TIMELINE: """
        sequence|chain of events|course of events|history of events|event history
        timeline|time line|timelines|chronology|sequence of events|order of events
        series of events|incident log|event log|log of events|play by play
        events of the day|chronological events|blow by blow
        zeitleiste|zeitachse|zeitlicher ablauf|zeitlicher verlauf|zeitverlauf
        ablauf|verlauf|chronologie|chronologischer ablauf|deroulement|deroule
        frise chronologique|ligne du temps|cronologia|linea de tiempo
        linea del tiempo|linea temporal|secuencia de eventos|linha do tempo
        linha temporal|sequencia de eventos
        タイムライン|時系列|経緯|経過|时间线|時間線|时间轴|時間軸|时间表|事件经过
        事件經過|事故经过|处理过程|经过""",
    ACTIONS: """
        action item|action items|actions|action|action plan|action points|ais
        corrective action|preventive action|preventative action
        corrective actions|preventive actions|preventative actions|todo|todos|to do
        to dos|to do list|todo list|tasks|task|task list|tasks to address the issue
        follow up|follow ups|followup|followups|follow up actions|follow up items
        follow up work|follow up tasks|next steps|next step|remediation items
        remediation actions|remediation tasks|remediation plan|action list|open items
        actionable|actionables|outstanding work|jira tickets|tickets|work items
        what happens next
        what we ll do|what we ll change|what we will change|what will we change
        what we are changing
        what we will do|what will we do|what are we doing|what we are doing
        what we re doing|what we re going to do|what comes next|what s next
        massnahmen|aufgaben|nachste schritte|folgemassnahmen|offene punkte
        korrekturmassnahmen|aktionen|acciones|acciones correctivas|tareas
        proximos pasos|plan de accion|seguimiento|elementos de accion
        acciones de seguimiento|actions correctives|taches|prochaines etapes
        plan d action|actions a mener|actions de suivi|acoes|acoes corretivas
        tarefas|proximos passos|plano de acao|itens de acao
        アクションアイテム|アクション|アクションプラン|今後の対応|今後の課題|対応項目
        残タスク|タスク|やること|次のステップ
        行动项|行动计划|行动|待办|待办事项|后续行动|后续步骤|后续工作|后续计划
        跟进事项|任务|下一步|改进项|行動項目|待辦""",
    MEASURES: """
        corrective and preventative measures|corrective and preventive measures
        corrective measures|preventative measures|preventive measures
        corrective and preventative|corrective and preventive
        corrective and preventive actions|corrective and preventative actions
        prevention|preventing recurrence|preventing this|prevent this|prevent recurrence
        prevent it|prevent similar|preventing future|prevent future
        preventing a recurrence
        recurrence prevention|countermeasures
        future prevention|recommendation|recommendations|recommended actions
        how do we prevent|how will we prevent|how can we prevent|how we will prevent
        vorbeugung|pravention|vorbeugende massnahmen|praventivmassnahmen
        korrektur und vorbeugemassnahmen|prevencion|medidas preventivas
        medidas correctivas|medidas correctivas y preventivas|medidas
        mesures correctives|mesures preventives|mesures
        mesures correctives et preventives
        prevencao|medidas corretivas|medidas corretivas e preventivas|recomendaciones
        recommandations|recomendacoes|empfehlungen
        再発防止|再発防止策|予防策|防止策|対策|是正措置|预防措施|纠正措施
        纠正和预防措施|改进措施|整改措施|预防|防止再发""",
    IMPROVEMENTS: """
        improvement|improvements|improvements fixes|fixes and improvements
        improvement ideas|areas for improvement|areas of improvement
        what can be improved
        verbesserungen|verbesserungsvorschlage|mejoras|ameliorations|melhorias
        改善|改善点|改善策|改进|改进点""",
    (Role.SECTION, SectionKind.SUMMARY): """
        summary|overview|abstract|synopsis|tl dr|tldr|in short|in brief|what happened
        what broke
        at a glance|description|incident description|executive summary|recap
        problem statement|problem description|bottom line|bottom line up front|bluf
        zusammenfassung|kurzfassung|uberblick|ubersicht|was ist passiert
        was ist geschehen|beschreibung|kurzbeschreibung
        resumen|resumen ejecutivo|que paso|que ocurrio
        descripcion
        resume|synthese|apercu|que s est il passe|ce qui s est passe|resumo
        o que aconteceu|descricao|visao geral
        概要|要約|サマリー|サマリ|何が起きたか|何が起こったか|まとめ|摘要|概述
        概要说明|事件摘要|总结|小结|发生了什么""",
    (Role.SECTION, SectionKind.IMPACT): """
        impact|impacts|impacted|customer impact|user impact|business impact|affected
        blast radius|damage|damages|scope|extent|consequences|effects|who was hit
        auswirkung|auswirkungen|betroffene|wer war betroffen|impacto|impactos
        afectados|afectacion|consecuencias|impacts clients|consequence|consequencias
        影響|影響範囲|インパクト|影响|影响范围|影响面""",
    (Role.SECTION, SectionKind.DETECTION): """
        detection|detected|detect|discovery|discovered|how we found out|how we noticed
        how did we notice|how did we find out|how did we know|how did we learn
        when did we know
        how we knew|how we learned of it|alerting|noticed
        erkennung|entdeckung|entdeckt|bemerkt|feststellung|deteccion|detectado
        detectamos
        detecto|descubrimiento|decouverte|detecte|deteccao|descoberta|detectamos
        検知|検出|発見|検知方法|发现|检测|故障发现""",
    (Role.SECTION, SectionKind.ROOT_CAUSE): """
        root cause|root causes|root cause analysis|rca|cause|causes|trigger|triggers
        contributing factor|contributing factors|contributing causes|contributors
        why did it happen|why did this happen|why it happened|why this happened
        why did it break|what caused|five whys|5 whys|the five whys|5 why
        whys
        fault|culprit|diagnosis|failure analysis
        ursache|ursachen|grundursache|hauptursache|ursachenanalyse|auslöser|ausloser
        warum ist es passiert|causa|causas|causa raiz|causa principal|causas raiz
        por que paso|por que ocurrio|desencadenante|factores contribuyentes
        cause racine|causes racines|causes profondes|cause profonde|cause principale
        declencheur|pourquoi|facteurs contributifs|gatilho|fatores contribuintes
        por que aconteceu
        根本原因|原因|直接原因|原因分析|原因究明|トリガー|なぜなぜ分析|根因|根因分析
        触发条件|诱因|起因""",
    (Role.SECTION, SectionKind.RESOLUTION): """
        resolution|recovery|mitigation|mitigations|remediation|remediations
        how we responded|remedy|how we fixed it|how it was fixed|how did we fix it
        how we resolved it|how it was resolved
        fix|the fix|fixed
        solution|repair|restoration|resolved|resolve|response|actions taken|action taken
        incident response|workaround|how did we fix|how we fixed|how was it fixed
        how did we respond|recover|rollback|immediate actions taken|steps taken
        actions performed
        losung|behebung|wiederherstellung|reaktion|gegenmassnahmen|sofortmassnahmen
        entstorung
        resolucion|recuperacion|mitigacion|solucion|remediacion|respuesta
        acciones tomadas
        retablissement|correction|remise en service|reponse|actions prises|attenuation
        resolucao|recuperacao|mitigacao|solucao|correcao|remediacao|resposta
        acoes tomadas
        解決|復旧|対応|対処|緩和策|暫定対応|復旧対応|解決策|解决|解决方案|恢复|修复
        处理|缓解|处置|应对|解決方案""",
    (Role.SECTION, SectionKind.LESSONS): """
        lesson|lessons|lessons learned|lessons learnt|learning|learnings|takeaway
        takeaways|key takeaways|what went well|what went right|what went wrong
        what went poorly|what did not go well|what didn t go well|what didn t
        what could have gone better|what could be better|what could go better
        where we got lucky|what we learned|what did we learn|what have we learned
        where did we get lucky|luck|retrospective|reflections|what worked
        what worked well
        what did not work|what didn t work|went well|went badly|things that went well
        lehren|erkenntnisse|gelernt|gelerntes|was lief gut|was lief schlecht
        was gut lief
        was haben wir gelernt|lessons learned|lecciones|lecciones aprendidas
        aprendizajes
        que salio bien|que salio mal|que aprendimos|lecons|lecons apprises|enseignements
        retour d experience|ce qui a bien fonctionne|ce qui a mal fonctionne
        ce que nous avons appris
        licoes|licoes aprendidas|aprendizados|aprendizado|o que deu certo
        o que deu errado
        o que aprendemos
        教訓|学び|学んだこと|得られた教訓|良かった点|悪かった点|うまくいったこと
        うまくいかなかったこと|反省点|振り返り|ふりかえり
        经验教训|教训|经验|反思|复盘总结|經驗教訓|做得好的|做得不好的""",
}

GENERIC = re.compile(
    r"(?:(?:the|a|an|our|this|la|el|le|der|die|das|o|de|of|del|du|blameless|public"
    r"|internal|"
    r"official|production|technical|full|it|service|web|stack)\s+)*"
    r"(?:(?:post ?mortems?|pm|blameless|root cause|incidents?|incidencia"
    r"|incidente|vorfall|zwischenfall"
    r"|outages?|"
    r"issue|retrospective|reports?|"
    r"informe|bericht|rapport|relatorio|reviews?|analysis|debugging|rca|template"
    r"|document|"
    r"write ?up|postmortem|bilan|post|mortem|after action|インシデント|障害|報告"
    r"|報告書|報告|レポート|"
    r"ポストモーテム|事故|故障|复盘|报告|報告|事件|事后|分析|总结)\s*(?:(?:de|of|del"
    r"|du|for|di)\s+)?)+"
)
INTRODUCTIONS = frozenset(
    [
        "introduction",
        "intro",
        "preface",
        "foreword",
        "preamble",
        "background",
        "context",
        "about",
        "contents",
        "table of contents",
        "toc",
        "einleitung",
        "einfuhrung",
        "hintergrund",
        "inhalt",
        "inhaltsverzeichnis",
        "introduccion",
        "contexto",
        "antecedentes",
        "contexte",
        "sommaire",
        "introducao",
        "はじめに",
        "背景",
        "目次",
        "引言",
        "简介",
        "前言",
        "目录",
        "metadata",
        "details",
        "facts",
        "key facts",
        "incident details",
        "status",
        "authors",
        "appendix",
        "glossary",
        "references",
        "supporting information",
        "notes",
    ]
)
ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
MARKS = re.compile(r"[^\w]+")
NUMBERING = re.compile(
    r"^\s*(?:(?:section|part|step)\s+)?(?:(?:\d{1,2}(?:\\?\.\d{1,2})*|[ivx]{1,4}"
    r"|[a-h])\\?[.):]|\d{1,2}(?:\\?\.\d{1,2})+)\s+",
    re.I,
)
HEAD = re.compile(r"^[^:：—–|(（]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lowered words only: no marks, emoji, accents or numbering."""
    text = re.sub(r"<[^<>]{1,80}>|&\w{2,8};", " ", text)
    text = NUMBERING.sub(
        "", text.replace("*", " ").replace("_", " ").replace("ß", "ss")
    )
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not _accent(char))
        text = unicodedata.normalize("NFC", text)
    return MARKS.sub(" ", text).strip()


def _accent(char: str) -> bool:
    # Kana carry their voicing as combining marks, which NFC puts back.
    return unicodedata.combining(char) > 0 and char not in "\u3099\u309a"


def _table() -> dict[str, Topic]:
    table: dict[str, Topic] = {}
    for topic, words in PHRASES.items():
        for phrase in re.split(r"[|\n]", words):
            if phrase.strip():
                table.setdefault(plain(phrase), topic)
    return table


EXACT = _table()
_LATIN = sorted((p for p in EXACT if not ASIAN.search(p)), key=len, reverse=True)
_ASIAN = sorted((p for p in EXACT if ASIAN.search(p)), key=len, reverse=True)
SEARCH = re.compile(rf"\b(?:{'|'.join(_LATIN)})\b|{'|'.join(_ASIAN)}")
# Too common inside of other headings to be looked for there.
EXACT.update(dict.fromkeys(("why", "por que", "warum", "porque"), EXACT["cause"]))
EXACT.update(dict.fromkeys(("events", "key events", "log", "logbook"), TIMELINE))
EXACT.update(dict.fromkeys(("measures", "agreed measures"), MEASURES))
EXACT.update(dict.fromkeys(("jira", "jira issues", "linear", "issues"), ACTIONS))
EXACT.update(dict.fromkeys(("subtasks", "sub tasks", "child issues"), ACTIONS))
DECORATION = re.compile(
    r"^(?:the|our|an?|incident|issue|outage|event|technical|full|detailed|short|brief|"
    r"high level|initial|proposed|suggested|planned|customer|post ?mortem|main|"
    r"internal|external|final|possible|probable|of the incident|el|la|los|las|le|les|"
    r"der|die|das|o|os|as)\s+"
)
TAIL = re.compile(
    r"\s+(?:of the incident|of key events|of events|of the outage|analysis|utc|gmt|cet"
    r"|cest|et|est|edt|ct|cst|cdt|mt|pt|pst|pdt|bst|ist|jst|local time|s"
    r"|details|section|about (?:it|this|that)|"
    r"report|of the issue|del incidente|de l incident|do incidente|des vorfalls)$"
)


@lru_cache(maxsize=4096)
def exact_topic(text: str) -> Topic | None:
    """The topic of a label that says nothing but its topic."""
    words = plain(text)
    for _ in range(4):
        if words in EXACT:
            return EXACT[words]
        shorter = TAIL.sub("", DECORATION.sub("", words))
        if shorter == words:
            break
        words = shorter
    return _pair(words)


def _pair(words: str) -> Topic | None:
    """The topic of "root cause and resolution": the first of the two."""
    parts = re.split(r"\s+(?:and|und|y|e|et|or|plus)\s+|と|及び|及|和|与", words)
    if 2 <= len(parts) <= 3 and all(part in EXACT or not part for part in parts):
        return EXACT.get(parts[0])
    return None


@lru_cache(maxsize=4096)
def topic_of(text: str) -> Topic | None:
    """The topic of a real heading: its own words, or the first ones it holds."""
    head = HEAD.match(text.strip())
    found = exact_topic(text) or (exact_topic(head[0]) if head else None)
    if found:
        return found
    words = plain(text)
    if len(words) > 90:
        return None
    hits = [EXACT[match[0]] for match in SEARCH.finditer(words)]
    for strong in (TIMELINE, ACTIONS, MEASURES):
        if strong in hits and (strong is not ACTIONS or _about_tasks(words)):
            return strong
    return next((hit for hit in hits if hit[0] is Role.SECTION), None)


def _about_tasks(words: str) -> bool:
    """Whether a heading that mentions actions means work still to be done."""
    return not re.search(
        r"\b(?:taken|performed|prises|tomadas|response|during)\b", words
    )


def is_generic(text: str) -> bool:
    """Whether a title says only that this is a postmortem."""
    return GENERIC.fullmatch(plain(text)) is not None


def is_introduction(text: str) -> bool:
    """Whether a heading opens a part of the document and cannot be its title."""
    return plain(text) in INTRODUCTIONS
