"""What is measured: each a thing that a person does, with its goal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle

from bench.client import Answer, Client
from bench.contract import Facts
from bench.parse import PART, PROSE
from tools.forms import FilledForm

SCRIPTED = {"HX-Request": "true", "Sec-Fetch-Mode": "cors"}
BASE = "A: session and account"
PLAIN = "B: as Django reads these"


@dataclass(frozen=True, slots=True)
class Action:
    """`goal` is the least ratio to A's rate; `perform` does it once."""

    name: str
    goal: float | None
    perform: Callable[[], object]
    writes: bool = False


def base(client: Client) -> Action:
    return Action(BASE, None, lambda: client.get("/bench/ok/"))


def plain(client: Client) -> Action:
    return Action(PLAIN, None, lambda: client.get("/bench/as-django-reads/"))


def reading(client: Client, facts: Facts) -> Iterator[Action]:
    def page(name: str, goal: float | None, path: str) -> Action:
        return Action(name, goal, lambda: client.get(path))

    yield page("listing, page 1", 0.35, "/reports/")
    yield page("listing, deep page", 0.32, f"/reports/?after={facts['deep']}")
    narrowed = f"/reports/?severity=SEV2&service={facts['service']}"
    yield page("listing, service + severity", 0.35, narrowed)
    for often, word in facts["words"].items():
        yield page(f"search, {often} word", None, f"/reports/?q={word}")
    words = cycle(facts["new_words"])
    yield Action(
        "search, new words", None, lambda: client.get(f"/reports/?q={next(words)}")
    )
    for name, goal, numbers in (
        ("report", 0.70, cycle(facts["reports"])),
        ("report, first reading", None, cycle(facts["unread"])),
    ):
        yield Action(name, goal, opening(client, numbers))
    marks = cycle(with_etags(client, facts["reports"]))
    yield Action("report, 304", 0.75, lambda: conditional_get(client, *next(marks)))
    yield page("board", 0.33, "/actions/?owner=")
    if page_exists(client, "/insights/"):
        yield page("insights", None, "/insights/")


def opening(client: Client, numbers: Iterator[int]) -> Callable[[], object]:
    return lambda: client.get(f"/reports/{next(numbers)}/")


def with_etags(client: Client, numbers: list[int]) -> list[tuple[str, str]]:
    """The addresses of reports, each with the mark that a browser keeps."""
    paths = [f"/reports/{number}/" for number in numbers]
    return [(path, client.get(path).header("ETag")) for path in paths]


def conditional_get(client: Client, path: str, mark: str) -> Answer:
    return client.get(path, {"If-None-Match": mark}, expect=304)


def page_exists(client: Client, path: str) -> bool:
    answer = client.exchange(client.request("GET", path, {}, b""))
    return answer is not None and answer.status == 200


def writing(client: Client, facts: Facts) -> Iterator[Action]:
    for name, goal, perform in (
        ("tick an item", 0.45, ticking(client, facts)),
        ("save a 4 KB section", 0.30, saving(client, facts)),
        ("import 5 KB: preview", 0.20, previewing(client)),
        ("import 5 KB: save", 0.20, importing(client)),
    ):
        yield Action(name, goal, perform, writes=True)


def ticking(client: Client, facts: Facts) -> Callable[[], object]:
    """Tick open items of many reports, then open them again, and so on."""
    wanted = cycle([{"done": "1"}, {}])
    turns = ((item, form) for form in wanted for item in facts["ticks"])

    def tick() -> None:
        (number, key), form = next(turns)
        client.post(f"/reports/{number}/actions/{key}/", form, SCRIPTED)

    return tick


def saving(client: Client, facts: Facts) -> Callable[[], object]:
    turns, times = cycle(facts["sections"]), count(0)

    def save() -> None:
        number, key, version, title, text = next(turns)
        time = next(times)
        rounds = time // len(facts["sections"])
        form = {
            "version": str(version + rounds),
            "title": title,
            "body": f"Round {time}. {text}",
        }
        client.post(f"/incidents/{number}/sections/{key}/", form, SCRIPTED)

    return save


def texts(kind: str) -> Iterator[str]:
    """Markdown of 5 KB, no two of them the same postmortem."""
    for number in count(1):
        title = f"# {kind} {number} was slow"
        whole = PART.replace("# Payments were slow", title, 1)
        yield f"{whole}## Notes\n\n{PROSE}{PROSE}{PROSE}"[:5000]


def previewing(client: Client) -> Callable[[], object]:
    given = texts("Preview")
    return lambda: client.post("/incidents/import/", {"text": next(given)})


def importing(client: Client) -> Callable[[], object]:
    """Only the saving is timed; the preview that it needs is an action of its own."""
    given = texts("Import")

    def save() -> None:
        with client.watch_stopped():
            page = client.post("/incidents/import/", {"text": next(given)})
            form = FilledForm(page.text).values
        client.post("/incidents/import/", form, expect=302)

    return save
