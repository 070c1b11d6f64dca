"""Whatever is done, each person reads what a plain recount of their reports gives."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from incidents.documents.document import Action, Factor
from incidents.documents.kinds import ActionKind, ActionState, Detection
from incidents.insights.asking import WantedSums
from incidents.insights.counting import month_of
from incidents.insights.names import names
from incidents.insights.period import Period
from incidents.insights.reading import read
from incidents.models import Incident, State, Tally, Total, User, Visibility
from incidents.workflow.actions.state import set_state
from incidents.workflow.counting.recounting import count_missing, drift, recount
from incidents.workflow.counting.tallying import fold
from incidents.workflow.parts.part_kinds import ACTION, FACTS
from incidents.workflow.parts.rows import remove
from incidents.workflow.parts.save import save
from incidents.workflow.reviewing.access import set_access
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.readership import mark_read, mark_unread
from incidents.workflow.reviewing.withdraw import reinstate, withdraw
from tests.factories import DAY, NOW, make_draft, make_report, make_user
from tests.insights import plain_counts

LATER = NOW + 90 * DAY
AGES = Period(month_of(NOW.date()) - 40, month_of(NOW.date()) + 40)
ASKED: list[dict[str, str]] = [
    {},
    {"severity": "SEV1"},
    {"severity": "none", "service": "lift"},
    {"factor": "Load"},
    {"service": "lift", "tag": "dns", "severity": "SEV2"},
]

minutes = st.none() | st.integers(0, 30_000).map(lambda n: dt.timedelta(minutes=n))
actions = st.builds(
    Action,
    text=st.just("Oil the hinge."),
    kind=st.none() | st.sampled_from(ActionKind),
    due_on=st.none() | st.integers(0, 99).map(lambda n: (NOW + n * DAY).date()),
)
reports = st.fixed_dictionaries(
    {
        "severity": st.sampled_from(["SEV1", "SEV2", None]),
        "started_at": st.integers(0, 99).map(lambda n: NOW - n * DAY),
        "detection": st.none() | st.sampled_from(Detection),
        "services": st.sampled_from([(), ("lift",), ("lift", "door")]),
        "tags": st.sampled_from([(), ("dns",)]),
        "actions": st.lists(actions, max_size=3).map(tuple),
        "factors": st.lists(
            st.builds(
                Factor, text=st.just("So."), category=st.sampled_from(["", "Load"])
            ),
            max_size=2,
        ).map(tuple),
        "lengths": st.tuples(minutes, minutes),
    }
)
Deed = Callable[[Incident, User], object]


def tick(incident: Incident, by: User) -> None:
    for item in incident.actions.all()[:1]:
        done = item.state == ActionState.DONE
        to = ActionState.OPEN if done else ActionState.DONE
        set_state(incident, item.key, to, by=by, now=LATER)


def decline(incident: Incident, by: User) -> None:
    for item in incident.actions.all()[1:2]:
        to = ActionState.DECLINED
        set_state(incident, item.key, to, by=by, now=LATER, reason="Too dear.")


def take_out(incident: Incident, by: User) -> None:
    for item in incident.actions.all()[2:]:
        remove(ACTION, incident, item.key, version=item.version, by=by, now=LATER)


def publish_anew(incident: Incident, by: User) -> None:
    changes = {"severity": "SEV2", "started_at": NOW - 200 * DAY}
    version = Incident.objects.get(pk=incident.pk).version
    save(FACTS, incident, None, changes, version=version, by=by, now=LATER)
    publish(incident, by=by, now=LATER, despite="It has to be told.")


def take_down(incident: Incident, by: User) -> None:
    withdraw(incident, "It names people.", by=by, now=LATER)


def put_back(incident: Incident, by: User) -> None:
    reinstate(incident, by=by, now=LATER)


def keep_back(incident: Incident, by: User) -> None:
    named = User.objects.filter(username="ada")
    kept = Visibility.RESTRICTED
    set_access(incident, kept, list(named), [], by=by, now=LATER)


def open_up(incident: Incident, by: User) -> None:
    set_access(incident, Visibility.EVERYONE, [], [], by=by, now=LATER)


def read_it(incident: Incident, by: User) -> None:
    newest = incident.publications.latest("number")
    if newest.read_marks.filter(user=by).exists():
        mark_unread(newest, by=by)
    else:
        mark_read(newest, by=by, now=LATER)


def fold_all(incident: Incident, by: User) -> None:
    fold()


STANDING: list[Deed] = [
    tick,
    decline,
    take_out,
    publish_anew,
    take_down,
    keep_back,
    open_up,
    read_it,
    fold_all,
]


def told(user: User, wanted: dict[str, str]) -> dict[str, int]:
    """What the sums say, in the words of the plain recount."""
    known = names()
    sums = read(user, WantedSums(period=AGES, **wanted), known)
    found: dict[str, int] = {}
    for key, number in sums.now.items():
        name, _, value = key.partition(":")
        if name == "severity":
            value = known.of("severity", int(value)) or "none"
        if name in ("factor", "factor_open"):
            value = known.of("factor", int(value))
        if number:
            found[f"{name} {value}".strip()] = number
    return found


def in_step(people: list[User], asked: list[dict[str, str]]) -> None:
    for user in people:
        for wanted in asked:
            assert told(user, wanted) == plain_counts.counted(user, **wanted), wanted


@pytest.mark.django_db
@settings(
    max_examples=4,
    # To shrink an example asks the database for minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(reports, min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(STANDING)), max_size=7),
)
def test_every_number_is_that_of_a_plain_recount(
    reviewer: User,
    author: User,
    reader: User,
    admin: User,
    facts: list[dict[str, Any]],
    deeds: list[tuple[int, Deed]],
) -> None:
    people = [reviewer, author, reader, admin]
    # What is kept is of the example before, which was rolled back.
    cache.clear()
    with transaction.atomic():
        made = [report_of(admin, **known) for known in facts]
        for place, deed in deeds:
            incident = Incident.objects.get(pk=made[place % len(made)].pk)
            gone = incident.state == State.WITHDRAWN
            (put_back if gone and deed is not fold_all else deed)(incident, admin)
            in_step([reader], ASKED[:1])
        in_step(people, ASKED)
        assert list(drift()) == []
        in_step([author, reader], ASKED[:1])
        transaction.set_rollback(True)


def report_of(
    by: User, *, lengths: tuple[dt.timedelta | None, ...], **facts: Any
) -> Incident:
    """A report whose later moments lie so long behind its start."""
    start: dt.datetime = facts["started_at"]
    noticed, lasted = (None if span is None else start + span for span in lengths)
    facts |= {"detected_at": noticed, "mitigated_at": None, "resolved_at": lasted}
    draft = make_draft(by, **facts)
    return publish(draft, by=by, now=NOW, despite="It has to be told.").incident


def test_what_an_older_version_published_is_counted_after_the_upgrade(
    reviewer: User,
) -> None:
    old, new = make_report(reviewer), make_report(reviewer)
    fold()
    kept = Tally.objects.get(pk=new.incident_id).now
    Tally.objects.filter(pk=old.incident_id).delete()
    Total.objects.all().delete()
    Tally.objects.update(folded=None, waits=True)
    count_missing()
    assert list(drift()) == []
    assert Tally.objects.get(pk=new.incident_id).now == kept


def test_a_recount_mends_what_went_out_of_step(reviewer: User) -> None:
    report = make_report(reviewer, actions=(Action(text="Oil the hinge."),))
    fold()
    report.incident.actions.all().delete()
    assert list(drift()) == [
        f"PM-{report.incident_id} is counted as it was, not as it is."
    ]
    assert list(recount()) == [1]
    assert list(drift()) == []
    in_step([reviewer, make_user("olga")], ASKED)
