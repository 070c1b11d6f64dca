"""What the site talks to takes connections and never answers: nobody waits for it."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO

from PIL import Image

from tools.browsing import CONNECTION_LOST
from tools.faults import sinks
from tools.faults.contract import SiteContent
from tools.faults.killed import drained
from tools.faults.results import Result
from tools.faults.stage import Stage, prepare, stage
from tools.faults.writing import EXCUSED, Writer, acknowledged, lost, writers

TURNS = 12
# Above what two halves of one run differ by on a busy machine, and less than the
# shortest time for which anything here would wait.
MOST = 1.5
LEAST_SECONDS = 0.05

Taken = Mapping[str, list[float]]


def fall_silent_under_load(kind: str) -> Result:
    """A burst with the others well, and one with the others silent."""
    with stage(kind) as staged, sinks.sink(sinks.Silence) as store:
        staged.site.environ = {**staged.site.environ, **bucket(store)}
        prepare(staged)
        writer, uploader = writers(staged, 2)
        well = burst(writer)
        fall_silent(staged)
        with ThreadPoolExecutor(max_workers=1) as pool:
            waiting = pool.submit(upload, uploader)
            silent = burst(writer)
            heard = staged.arrived
            recover(staged)
            answer = waiting.result()
        wrong = [] if answer in EXCUSED else [f"a picture: {answer}"]
        content = drained(staged)
        if len(content["sent"]) <= len(heard):
            wrong.append("nothing had to wait for the silent ones")
        return verdict(staged, writer, content, well, silent, wrong)


def bucket(store: sinks.Sink) -> dict[str, str]:
    return {
        "MEDIA_BUCKET": "pictures",
        "MEDIA_ENDPOINT": f"http://127.0.0.1:{store.port}",
        "MEDIA_REGION": "here",
        "MEDIA_ACCESS_KEY": "known",
        "MEDIA_SECRET_KEY": "kept",
    }


def burst(writer: Writer) -> Taken:
    """The seconds of each of some pages and saves."""
    taken: dict[str, list[float]] = {}
    for turn in range(TURNS):
        text = f"{writer.name} {writer.version} {turn}"
        for name, act in acts(writer, text).items():
            started = time.monotonic()
            act()
            taken.setdefault(name, []).append(time.monotonic() - started)
    return taken


def acts(writer: Writer, text: str) -> Mapping[str, Callable[[], None]]:
    return {
        "the listing": lambda: writer.read("/reports/"),
        "a report": lambda: writer.read(f"/reports/{writer.report}/"),
        "an entry": lambda: writer.add_entry(text),
        "a section": lambda: writer.save_section(text),
        "publishing": lambda: writer.publish(text),
    }


def fall_silent(staged: Stage) -> None:
    staged.mail.ready.clear()
    staged.hook.ready.clear()


def recover(staged: Stage) -> None:
    staged.mail.ready.set()
    staged.hook.ready.set()


def upload(writer: Writer) -> int:
    """The status of the answer to a picture whose store never answers."""
    address = f"{writer.address}images/"
    with suppress(*CONNECTION_LOST):
        return writer.browser.send_file(address, "file", picture(), alt="Grey").status
    return 0


def picture() -> bytes:
    """A picture that is new each time: the site keeps the same one only once."""
    made = BytesIO()
    Image.effect_noise((8, 8), 64).save(made, "PNG")
    return made.getvalue()


def verdict(
    staged: Stage,
    writer: Writer,
    content: SiteContent,
    well: Taken,
    silent: Taken,
    wrong: list[str],
) -> Result:
    requests = sum(map(len, silent.values()))
    slowest = max(silent, key=lambda name: slower(well[name], silent[name]))
    return Result(
        "mail, webhook and S3 hang",
        staged.kind,
        f"{requests} requests well, {requests} while they hang",
        acknowledged=acknowledged([writer]),
        lost=lost([writer], content),
        half=[*content["half"], *content["drift"]],
        errors=sum(n for status, n in writer.statuses.items() if status >= 500),
        wrong=[*wrong, *held_up(well, silent), *content["unsent"]],
        figures=f"most for {slowest}: {slower(well[slowest], silent[slowest]):.2f} ×",
    )


def held_up(well: Taken, silent: Taken) -> Iterator[str]:
    """What took too long, sort by sort: one of five would hide behind the others."""
    for name, taken in silent.items():
        times = slower(well[name], taken)
        if times > MOST and statistics.median(taken) > LEAST_SECONDS:
            yield f"{name} took {times:.2f} × as long"


def slower(before: list[float], during: list[float]) -> float:
    return statistics.median(during) / statistics.median(before)
