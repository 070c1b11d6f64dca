"""What stands above the list: choices with their numbers, chips, a member's views."""

import re
from dataclasses import replace

import pytest

from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionState
from incidents.documents.searching.query import LONGEST
from incidents.models import Incident, Listing, SavedView, Service, State, User
from incidents.search.reports import filtering
from tests.counting import queries
from tests.factories import DAY, DOCUMENT, NOW, browser_of, make_report, restrict


def page(user: User, query: str = "") -> str:
    response = browser_of(user).get(f"/reports/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def options(html: str) -> list[str]:
    return re.findall(r"<option[^>]*>([^<]*)</option>", html)


def titles(html: str) -> list[str]:
    return re.findall(r'<h2><a href="/reports/\d+/">(.*?)</a></h2>', html)


def test_what_is_restricted_is_in_no_number_and_no_choice(
    reviewer: User, reader: User
) -> None:
    make_report(reviewer)
    owner = Person(name="Rita Moss", account="rita")
    secret = make_report(
        reviewer, services=("lift", "vault"), tags=("leak",), owner=owner
    )
    restrict(secret.incident)
    html = page(reader)
    assert "lift (1)" in options(html)
    for hidden in ("vault", "leak", "Rita Moss"):
        assert hidden not in html
    assert {"lift (2)", "vault (1)", "leak (1)", "Rita Moss (1)"} <= set(
        options(page(reviewer))
    )


def test_a_number_says_what_a_click_would_bring(reviewer: User) -> None:
    make_report(reviewer, severity="SEV1", services=("lift",))
    make_report(reviewer, severity="SEV1", services=("garage",))
    make_report(reviewer, severity="SEV2", services=("garage",))
    offered = options(page(reviewer, "?severity=SEV1"))
    assert {"SEV1 (2)", "SEV2 (1)", "lift (1)", "garage (1)"} <= set(offered)
    make_report(reviewer, severity="")
    assert "1 report matches" in page(reviewer, "?severity=none")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?actions=open", ["Late", "Open"]),
        ("?actions=overdue", ["Late"]),
        ("?actions=done", ["Done"]),
        ("?actions=none", ["None"]),
        ("?actions=wrong", ["Done", "Late", "None", "Open"]),
        ("?owner=rita", ["Done"]),
        ("?q=fuse+none", ["None"]),
    ],
)
def test_the_state_of_the_actions_the_owner_and_words_narrow_the_list(
    reviewer: User, query: str, found: list[str]
) -> None:
    late = Action(text="x", due_on=NOW.date() - DAY)
    done = Action(text="x", state=ActionState.DONE)
    make_report(reviewer, title="None")
    make_report(reviewer, title="Open", actions=(Action(text="x"), done))
    make_report(reviewer, title="Late", actions=(late, done))
    owner = Person(name="Rita Moss", account="rita")
    make_report(reviewer, title="Done", actions=(done,), owner=owner)
    html = re.sub("</?mark>|(?<=>) | (?=<)", "", page(reviewer, query))
    assert sorted(titles(html)) == found


def test_words_are_found_in_any_capitals_and_marked(reviewer: User) -> None:
    make_report(reviewer, title="Über den Dächern")
    html = page(reviewer, "?q=über+FUSE")
    assert "<mark>Über</mark> den" in html
    assert "A <mark>fuse</mark> blew" in html


def test_what_is_searched_for_is_marked_as_text(reviewer: User) -> None:
    make_report(reviewer, title="<b>bold</b>")
    html = page(reviewer, "?q=%3Cb%3E")
    assert "<b>bold" not in html
    assert "&lt;<mark>b</mark>&gt;bold" in html


def test_each_active_filter_can_be_taken_away(reviewer: User) -> None:
    make_report(reviewer)
    html = page(reviewer, "?service=lift&severity=SEV2&after=x")
    assert 'href="?severity=SEV2" aria-label="Without Service lift"' in html
    assert 'href="?service=lift" aria-label="Without Severity SEV2"' in html


def test_the_views_of_others_are_not_mine(reviewer: User, reader: User) -> None:
    view = SavedView.objects.create(user=reviewer, name="Secret", query="q=vault")
    assert "Secret" not in page(reader)
    removed = browser_of(reader).post(f"/reports/views/{view.pk}/remove/")
    assert removed.status_code == 404


@pytest.mark.parametrize("name", ["", "x" * 61, "Bad ones"])
def test_a_view_needs_a_name_of_its_own(reader: User, name: str) -> None:
    SavedView.objects.create(user=reader, name="Bad ones", query="severity=SEV1")
    browser_of(reader).post("/reports/views/", {"name": name, "query": "q=x"})
    assert SavedView.objects.count() == 1


def test_a_view_is_kept_opened_and_removed(reviewer: User, reader: User) -> None:
    make_report(reviewer)
    browser = browser_of(reader)
    asked = {"name": "Lifts", "query": "service=lift&after=abc&q="}
    back = browser.post("/reports/views/", asked)
    assert back["Location"] == "/reports/?service=lift"
    assert re.search(r'<a href="/reports/\?service=lift" ?>Lifts</a>', page(reader))
    assert "Remove the view “Lifts”" in page(reader, "?service=lift")
    view = SavedView.objects.get()
    browser.post(f"/reports/views/{view.pk}/remove/")
    assert "Lifts" not in page(reader)


def make_many(like: Listing, number: int) -> None:
    """Copies of a report, without the text that no list reads."""
    incident = like.incident
    made = Incident.objects.bulk_create(
        Incident(
            title=f"Copy {n}",
            started_at=NOW,
            state=State.PUBLISHED,
            created_at=NOW,
            saved_at=NOW,
            severity=incident.severity,
        )
        for n in range(number)
    )
    rows = Listing.objects.bulk_create(
        Listing(
            incident=row,
            publication=like.publication,
            title=row.title,
            card=like.card,
            severity=like.severity,
            rank=like.rank,
            started_at=NOW,
            published_at=NOW,
        )
        for row in made
    )
    links = Listing.services.through
    service = like.services.get()
    links.objects.bulk_create(links(listing=row, service=service) for row in rows)


@pytest.mark.parametrize("query", ["", "?service=lift&sort=severity"])
def test_a_list_costs_four_queries_at_ten_reports_and_at_a_thousand(
    reviewer: User, reader: User, query: str
) -> None:
    story = replace(DOCUMENT, actions=(Action(text="Buy fuses"),))
    listing = Listing.objects.get(publication=make_report(reviewer, document=story))
    SavedView.objects.create(user=reader, name="Lifts", query="service=lift")
    make_many(listing, 10)
    # The session, the account, what stands above the list, and the list; and once
    # after each change, the last events and the numbers beside the choices.
    assert queries(reader, f"/reports/{query}") == 6
    assert queries(reader, f"/reports/{query}") == 4
    make_many(listing, 1_000)
    assert queries(reader, f"/reports/{query}") == 4
    html = browser_of(reader).get(f"/reports/{query}").content.decode()
    after = re.search(r'rel="next" href="([^"]+)"', html)
    assert after
    assert queries(reader, f"/reports/{after[1].replace('&amp;', '&')}") == 4


def test_a_list_of_very_many_holds_what_a_list_of_few_would(
    reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_report(reviewer, title="One", services=("Billing",), tags=("dns",))
    make_report(reviewer, title="Two", services=("billing", "web"), tags=())
    make_report(reviewer, title="Three", services=("web",), tags=("DNS",))
    asked = ("?service=BILLING", "?tag=dns", "?service=web&tag=dns", "?service=no")
    few = [titles(page(reviewer, query)) for query in asked]
    monkeypatch.setattr(filtering, "FEW", -1)
    assert [titles(page(reviewer, query)) for query in asked] == few
    assert [len(found) for found in few] == [2, 2, 1, 0]


def test_a_filter_typed_in_small_letters_is_the_choice_that_it_means(
    reviewer: User,
) -> None:
    make_report(reviewer, severity="SEV1", services=("Lift",))
    html = page(reviewer, "?severity=sev1&service=lift")
    assert '<option value="sev1" selected>SEV1 (1)</option>' in html
    assert '<option value="lift" selected>Lift (1)</option>' in html
    assert "Without Severity SEV1" in html


def test_words_that_look_like_a_filter_are_said_to_be_words(reviewer: User) -> None:
    make_report(reviewer)
    assert "<code>-severity:sev2</code>" in page(reviewer, "?q=-severity:sev2")
    assert "No filter reads like" not in page(reviewer, "?q=-still")


def test_no_search_box_takes_more_than_is_looked_for(reviewer: User) -> None:
    boxes = re.findall(r"<input[^>]*type=.search.[^>]*>", page(reviewer))
    assert len(boxes) == 2
    assert all(f'maxlength="{LONGEST}"' in box for box in boxes)


def test_no_match_is_called_best_before_anybody_has_searched(reader: User) -> None:
    assert "Best match first" not in options(page(reader))
    assert "Best match first" in options(page(reader, "?q=pool"))


def test_a_kept_view_leads_to_what_its_service_is_called_today(
    admin: User, reader: User
) -> None:
    make_report(admin, services=("lift", "door"))
    secret = make_report(admin, services=("vault",))
    restrict(secret.incident)
    for name, now in (("lift", "elevator"), ("vault", "cellar")):
        service = Service.objects.get(name=name)
        service.name = now
        service.save()
    for path in ("/reports/", "/actions/"):
        answer = browser_of(reader).get(f"{path}?service=Lift&sort=oldest")
        assert answer["Location"] == f"{path}?service=elevator&sort=oldest"
        assert browser_of(reader).get(f"{path}?service=vault").status_code == 200
        assert browser_of(admin).get(f"{path}?service=vault").status_code == 302


def test_a_search_for_a_new_name_leads_to_what_was_written_under_the_old(
    admin: User, reader: User
) -> None:
    for _ in range(2):
        make_report(admin, services=("winch",))
    service = Service.objects.get(name="winch")
    service.name = "hoist"
    service.save()
    make_report(admin, services=("hoist",))
    found = page(reader, "?q=hoist")
    assert "1 report matches" in found
    assert '<a href="?service=hoist">3 reports of hoist</a>' in found
    assert "?service=hoist" not in page(reader, "?q=fuse")


def test_a_search_without_a_hit_says_how_to_go_on(reviewer: User) -> None:
    make_report(reviewer, owner=Person(name="Rita Moss", account="rita"))
    other = replace(DOCUMENT.sections[0], body="All was well.")
    make_report(reviewer, title="Good morning", sections=(other,))
    for typed, way in (
        ("Rita", 'owner <a href="?owner=rita">'),
        ("sev 2", 'severity <a href="?severity=SEV2">'),
        ("fuse exhausted", '<a href="?q=fuse"><b>fuse</b></a> alone'),
        ("fuse morning", '<b>fuse</b></a> or <a href="?q=morning">'),
    ):
        assert way in page(reviewer, f"?q={typed}")
