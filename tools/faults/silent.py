"""What the site talks to takes connections and never answers: nobody waits for it."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO

from PIL import Image

from tools.browsing import CONNECTION_LOST
from tools.faults import sinks
from tools.faults.results import Result
from tools.faults.stage import Stage, prepare, stage
from tools.faults.writing import EXCUSED, Writer, acknowledged, held, lost, writers

ROUNDS = 1
TURNS = 20
# Above what two halves of one run differ by on a busy machine.
MOST = 1.5


def hanging(kind: str) -> Result:
    """A burst with the others well, and one with the others silent."""
    with stage(kind) as staged, sinks.sink(sinks.Silence) as store:
        staged.site.environ = {**staged.site.environ, **bucket(store)}
        prepare(staged)
        writer, uploader = writers(staged, 2)
        well: list[float] = []
        silent: list[float] = []
        refused: list[int] = []
        with ThreadPoolExecutor(max_workers=1) as pool:
            for _ in range(ROUNDS):
                well += burst(writer)
                fall_silent(staged)
                waiting = pool.submit(upload, uploader)
                silent += burst(writer)
                recover(staged)
                refused.append(waiting.result())
        return verdict(staged, writer, well, silent, refused)


def bucket(store: sinks.Sink) -> dict[str, str]:
    return {
        "MEDIA_BUCKET": "pictures",
        "MEDIA_ENDPOINT": f"http://127.0.0.1:{store.port}",
        "MEDIA_REGION": "here",
        "MEDIA_ACCESS_KEY": "known",
        "MEDIA_SECRET_KEY": "kept",
    }


def burst(writer: Writer) -> list[float]:
    """The seconds of each of some pages and saves."""
    taken = []
    for turn in range(TURNS):
        for act in acts(writer, f"{writer.name} {writer.version} {turn}"):
            started = time.monotonic()
            act()
            taken.append(time.monotonic() - started)
    return taken


def acts(writer: Writer, text: str) -> list[Callable[[], object]]:
    return [
        lambda: writer.browser.get("/reports/"),
        lambda: writer.browser.get(f"/reports/{writer.report}/"),
        lambda: writer.add_entry(text),
        lambda: writer.save_section(text),
        lambda: writer.publish(text),
    ]


def fall_silent(staged: Stage) -> None:
    staged.mail.ready.clear()
    staged.hook.ready.clear()


def recover(staged: Stage) -> None:
    staged.mail.ready.set()
    staged.hook.ready.set()


def upload(writer: Writer) -> int:
    """What is answered to a picture whose store takes it and never says so."""
    address = f"{writer.address}images/"
    with suppress(*CONNECTION_LOST):
        return writer.browser.send_file(address, "file", picture(), alt="Grey").status
    return 0


def picture() -> bytes:
    """A new one each time: the site keeps the same picture only once."""
    made = BytesIO()
    Image.effect_noise((8, 8), 64).save(made, "PNG")
    return made.getvalue()


def verdict(
    staged: Stage,
    writer: Writer,
    well: list[float],
    silent: list[float],
    refused: list[int],
) -> Result:
    before, during = (statistics.median(taken) * 1000 for taken in (well, silent))
    told = held(staged)
    slower = during / before
    wrong = [f"pages took {slower:.2f} × as long"] if slower > MOST else []
    wrong += [f"a picture: {status}" for status in refused if status not in EXCUSED]
    return Result(
        "mail, webhook and S3 hang",
        staged.kind,
        f"{len(well)} requests well, {len(silent)} while they hang",
        acknowledged=acknowledged([writer]),
        lost=lost([writer], told),
        half=[*told["half"], *told["drift"]],
        errors=writer.errors,
        wrong=wrong,
        told=f"p50 {before:.0f} ms, hanging {during:.0f} ms: {slower:.2f} ×",
    )
