"""The kind of a timeline entry, guessed from its words."""

import re

from incidents.documents.kinds import EntryKind

_LONGEST_TEXT = 600
_FIRST = r"(?:first|ersten?|premi(?:er|ère)s?|primer[oa]?s?|primeir[oa]s?) "
_NOT_YET = r"(?<!not )(?<!not yet )(?<!n't )(?<!nicht )(?<!no )(?<!pas )(?<!não )"

# The strongest first: "rolled back, no effect" tells of a dead end, and
# "restored by a rollback" of the end, whatever else the sentence says.
_WORDS = (
    (
        EntryKind.DEAD_END,
        r"ruled out|ruling out|false alarm|red herring"
        r"|dead end|no (?:packet loss|effect|improvement|change|luck|anomal(?:y|ies)"
        r"|evidence|errors? found|issues? found)|(?:did not|didn't|does not|doesn't)"
        r" (?:help|work|fix|resolve|improve)|unrelated|nothing (?:found|unusual)"
        r"|turn(?:ed|s) out (?:not|wrong|to be wrong)|was not the cause"
        r"|wasn't the cause|to no avail"
        r"|sans effet|sans succès|ohne wirkung|keine auffälligkeit(?:en)?|sin efecto"
        r"|sem efeito|descartad[oa]s?|falsa alarma|écartée?s?"
        r"|fausse alerte|fausse piste|ausgeschlossen|fehlalarm"
        r"|ohne erfolg|descartou|alarme falso|誤報|无效|误报",
    ),
    (
        EntryKind.RESOLVED,
        rf"{_NOT_YET}(?:all normal|normal again|works again|back to zero"
        r"|à la normale|resolved|restored|recovered|back up|back to normal"
        r"|back online|all clear|fully operational|fixed"
        r"|(?:incident|outage|impact)\W+(?:closed|over|ends|ended)"
        r"|normal operations?|resuelto|restaurad[oa]s?|restablecid[oa]s?"
        r"|recuperad[oa]s?"
        r"|résolue?|rétablie?s?|restaurée?s?|behoben|gelöst|wiederhergestellt"
        r"|resolvid[oa]|restabelecid[oa]s?|normalizad[oa]s?|復旧|解決|恢复|已解决)",
    ),
    (
        EntryKind.MITIGATION,
        r"roll(?:ed|ing)? ?back|rollback|fail(?:ed|ing)? ?over|failover|mitigat\w+"
        r"|workaround|worked around|revert(?:ed|ing|s)?|feature flag|disabled"
        r"|throttled|rate.limited|isolat(?:ed|es|ing)|contain(?:ed|ment)|drained"
        r"|traffic (?:was )?(?:shifted|rerouted)"
        r"|rerout(?:ed|ing)|scaled (?:up|out)|hotfix(?:ed)?|mitigad[oa]|revertid[oa]"
        r"|atténuée?|contourn\w+|retour arrière|zurückgerollt|zurückgesetzt|umgangen"
        r"|entschärft|ロールバック|回滚|切り替え",
    ),
    # A suspicion alone led nowhere; one that was acted on did not.
    (
        EntryKind.DEAD_END,
        r"suspect(?:ed|ing|s)?|suspicion|sospech\w+|soupçonn\w+|verdacht|vermutet"
        r"|suspeit\w+",
    ),
    (
        EntryKind.FINDING,
        r"root causes?|found|finds|discover(?:ed|y|s)?|identif(?:ied|ies)|pinpointed"
        r"|diagnosed|determined|traced (?:back )?to|realis?z?ed|confirmed that"
        r"|causa (?:raíz|raiz)|encuentra la causa|identificad[oa]"
        r"|encontrad[oa]|descubiert[oa]"
        r"|cause (?:racine|identifiée)|identifiée?|identifie"
        r"|découvre|découverte?|trouvée?"
        r"|ursache|gefunden|entdeckt|identifiziert|descobert[oa]|判明|原因|发现",
    ),
    (
        EntryKind.ESCALATION,
        r"escalat(?:ed|es|ing|ion)|called in|pulled in|brought in|looped in"
        r"|paged (?:the|in|out|an|a)|pages the|join(?:ed|s)(?: the)?|war room"
        r"|bridge (?:call )?(?:opened|started)|handed (?:over|off)|engaged"
        r"|contacted|escalad[oa]|escalou|escaladée?|eskaliert|hinzugezogen"
        r"|エスカレーション|升级",
    ),
    (
        EntryKind.DETECTED,
        r"alert(?:s|ed|ing)?|alarms?|paged|pager|pagerduty|monitor(?:s|ing|ed)?"
        r"|detect(?:ed|s|ion)|notic(?:ed|es)|customers? report(?:ed|s)?|reports? from"
        r"|report(?:ed|s) by|triggered|alerta|alarma|detectad[oa]|detectou|alerte"
        r"|détectée?|alarm|erkannt|überwachung|bemerkt|アラート|検知|告警|报警"
        rf"|{_FIRST}(?:\w+ )?(?:calls?|tickets?|complaints?|meldung(?:en)?|anrufe?"
        r"|beschwerden?|appels?|plaintes?|signalements?|llamadas?|quejas?|chamadas?)"
        r"|tickets? from|(?:lo|se) nota|気づ\w*",
    ),
    (
        EntryKind.ACTION,
        r"re(?:start|boot|deploy|build|creat|run|configur|set|load|rout|plac|new)"
        r"(?:ed|s|ing|ting)?|deploy(?:ed|s|ing)?|roll(?:ed|ing)? out|appl(?:ied|ying)"
        r"|increased|decreased|added|removed|deleted|enabled|stopped|started|killed"
        r"|upgraded|updated|patched|merged|pushed|released|replaced|switched|ran"
        r"|changed|reinicia\w+|desplegad[oa]|redémarr\w+|déploy\w+|neu ?gestartet"
        r"|neustart|ausgerollt|implantad[oa]|再起動|デプロイ|重启|部署",
    ),
)
# "Ann: TODO: alert on lag" is work for later, not what happened.
_LATER = re.compile(r"(?:^|:)\W*(?:todo|to do|action item|follow[ -]?up)\s*:", re.I)
# "✅ closed after an hour": at the start it is the incident that is closed.
_CLOSED = re.compile(r"^(?:\W|:\w+:)*closed\b", re.I)
_WHOLE_WORDS = r"(?<![A-Za-z0-9À-ÿ]){}(?![A-Za-z0-9À-ÿ])"
_SHAPES = tuple(
    (kind, re.compile(_WHOLE_WORDS.format(f"(?:{words})"), re.IGNORECASE))
    for kind, words in _WORDS
)


def guess_kind(text: str) -> EntryKind:
    """The kind whose words the text uses, the strongest if it uses several."""
    head = text[:_LONGEST_TEXT]
    if _LATER.search(head):
        return EntryKind.NOTE
    if _CLOSED.match(head):
        return EntryKind.RESOLVED
    kinds = (kind for kind, shape in _SHAPES if shape.search(head))
    return next(kinds, EntryKind.NOTE)
