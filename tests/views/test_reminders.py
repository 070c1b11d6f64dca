"""The way out of reminders, the way back, and what the site itself says."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from incidents.models import User
from incidents.workflow.outgoing.unsubscribing import stop_token
from tests.factories import DAY, browser_of, make_item

TODAY = timezone.now().date()


def way_out(user: User) -> str:
    return reverse("incidents:stop_reminders", args=[stop_token(user)])


def rhythm(user: User) -> str:
    user.refresh_from_db()
    return user.reminders


def test_a_link_that_was_cut_or_forged_stops_nothing(
    author: User, colleague: User
) -> None:
    token = stop_token(author)
    forged = f"{colleague.pk}:{token.partition(':')[2]}"
    for bad in (token[:-1], forged, "1", "x:y:z"):
        page = reverse("incidents:stop_reminders", args=[bad])
        for response in (Client().get(page), Client().post(page)):
            assert response.status_code == 404
            assert "This link is not complete" in response.content.decode()
    assert (rhythm(author), rhythm(colleague)) == ("daily", "daily")


def test_opening_the_link_stops_nothing(author: User) -> None:
    html = Client().get(way_out(author)).content.decode()
    assert "Stop the reminders?" in html
    assert rhythm(author) == "daily"


def test_one_click_stops_them_without_a_login_or_a_page(author: User) -> None:
    """As a mail program posts: no page was opened before, so it has no csrf token."""
    program = Client(enforce_csrf_checks=True)
    data = {"List-Unsubscribe": "One-Click"}
    html = program.post(way_out(author), data).content.decode()
    assert "No more reminders" in html
    assert "choose “Every day” or “Once a week”" in html
    assert rhythm(author) == "none"
    assert program.post(way_out(author), data).status_code == 200


def test_a_member_chooses_when_they_are_reminded(author: User) -> None:
    browser = browser_of(author)
    mine = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.org"}
    wanted = {"zone": "Europe/Rome", "reminders": "weekly", "reminders_day": 4}
    assert browser.post("/account/", {**mine, **wanted}).status_code == 302
    assert rhythm(author) == "weekly"
    assert author.reminders_day == 4
    refused = browser.post("/account/", {**mine, **wanted, "reminders": "hourly"})
    assert refused.status_code == 200
    assert rhythm(author) == "weekly"


def test_the_notices_say_what_is_late_and_lead_to_it(
    author: User, colleague: User
) -> None:
    make_item(author, due_on=TODAY - 3 * DAY)
    html = browser_of(author).get("/account/notices/").content.decode()
    assert "1 of your action items is late</a>" in html
    assert "/actions/?owner=me&amp;due=overdue" in html
    html = browser_of(colleague).get("/account/notices/").content.decode()
    assert "action items" not in html.split("<main")[1]


def test_the_link_of_a_mail_opens_the_item_and_changes_nothing(author: User) -> None:
    item = make_item(author, due_on=TODAY + 60 * DAY)
    html = browser_of(author).get(f"/actions/?open={item.pk}").content.decode()
    assert "Not now?" in html
    assert 'value="snooze"' in html
    item.refresh_from_db()
    assert (item.state, item.snoozed_until) == ("open", None)


def test_a_snooze_is_refused_at_the_row_and_then_shown_there(author: User) -> None:
    item = make_item(author, due_on=TODAY - DAY)
    browser = browser_of(author)

    def post(do: str, **given: object) -> str:
        data = {"do": do, "item": item.pk, "version": item.version, **given}
        response = browser.post("/actions/change/", data, follow=True)
        return response.content.decode()

    assert "Say until when nobody is reminded." in post("snooze", because="Parts")
    until = TODAY + 5 * DAY
    assert "Say why it can wait" in post("snooze", until=until)
    html = post("snooze", until=until, because="The parts are late")
    assert "Snoozed. The date stays as it is." in html
    assert f"Snoozed until {until:%-d %b %Y}</strong> because: The parts" in html
    assert "1 d late" in html
    assert "The snooze has ended." in post("wake")
