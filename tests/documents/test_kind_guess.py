"""The kind of an entry, guessed from its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.kinds import EntryKind
from incidents.documents.kinds_from_words import guess_kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Coffee",
        "Unfounded worries",
        "The service is not restored",
        "Not yet resolved",
        "Painted the fence",
        "Planner opened",
        "Haruto: TODO: alert on delivery rate",
    ],
)
def test_words_that_say_nothing_make_a_note(text: str) -> None:
    assert guess_kind(text) is EntryKind.NOTE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Alert fired for high latency", EntryKind.DETECTED),
        ("On-call engineer paged", EntryKind.DETECTED),
        ("Monitoring shows a spike", EntryKind.DETECTED),
        ("Customers reported errors", EntryKind.DETECTED),
        ("first seller complaint forwarded", EntryKind.DETECTED),
        ("Erste Meldung aus Filiale 112", EntryKind.DETECTED),
        ("Redémarrage, sans effet", EntryKind.DEAD_END),
        (":white_check_mark: closed after 20 min", EntryKind.RESOLVED),
        ("Suspected an attack from outside", EntryKind.DEAD_END),
        ("Network team finds no packet loss", EntryKind.DEAD_END),
        ("Ruled out the cache", EntryKind.DEAD_END),
        ("That was a red herring", EntryKind.DEAD_END),
        ("Rolled back, no effect", EntryKind.DEAD_END),
        ("The restart did not help", EntryKind.DEAD_END),
        ("Escalated to the database team", EntryKind.ESCALATION),
        ("Paged the database team", EntryKind.ESCALATION),
        ("Ann joined the call", EntryKind.ESCALATION),
        ("Storage team called in", EntryKind.ESCALATION),
        ("Found a wrong setting", EntryKind.FINDING),
        ("Root cause: a full disk", EntryKind.FINDING),
        ("Identified the failing node", EntryKind.FINDING),
        ("Rolled back release 41", EntryKind.MITIGATION),
        ("Suspected the deploy, rolled back", EntryKind.MITIGATION),
        ("Rollback started", EntryKind.MITIGATION),
        ("Failover to the replica", EntryKind.MITIGATION),
        ("Workaround in place", EntryKind.MITIGATION),
        ("Service restored", EntryKind.RESOLVED),
        ("All clear", EntryKind.RESOLVED),
        ("Everything back up after the rollback", EntryKind.RESOLVED),
        ("FULLY RECOVERED", EntryKind.RESOLVED),
        ("Restarted the web servers", EntryKind.ACTION),
        ("Deployed a larger queue", EntryKind.ACTION),
        ("Rebooted host 4", EntryKind.ACTION),
        ("Alerta de latencia", EntryKind.DETECTED),
        ("Servicio restaurado", EntryKind.RESOLVED),
        ("Service rétabli", EntryKind.RESOLVED),
        ("Dienst wiederhergestellt", EntryKind.RESOLVED),
        ("An das Team eskaliert", EntryKind.ESCALATION),
        ("Serviço restabelecido", EntryKind.RESOLVED),
        ("アラートを検知", EntryKind.DETECTED),
        ("復旧しました", EntryKind.RESOLVED),
    ],
)
def test_the_strongest_word_gives_the_kind(text: str, kind: EntryKind) -> None:
    assert guess_kind(text) is kind


@given(st.text())
def test_any_text_has_a_kind(text: str) -> None:
    assert guess_kind(text) in EntryKind
