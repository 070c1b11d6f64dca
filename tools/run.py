"""`make run`: from a fresh clone to a served site, and again in a moment."""

import os
import signal
import sys
from collections.abc import Mapping

from postmortems import env
from tools import preflight, venv
from tools.processes import Processes, as_interrupt, run, wait_until_live

MANAGE = (str(venv.PYTHON), "manage.py")
REACH = (str(venv.PYTHON), "-m", "postmortems.reach")
WEB = (str(venv.PYTHON), "-m", "postmortems.web")
WELCOME = "\nPostmortems is at {address}"
ACCOUNTS = """\
Sample accounts: author, reviewer, reader, admin
The password of each: postmortem"""


def main() -> None:
    signal.signal(signal.SIGTERM, as_interrupt)
    try:
        serve(prepare({"DEBUG": "1", **os.environ}))
    except KeyboardInterrupt:
        print("\nStopped.")


def prepare(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Everything that must be there before serving; what cannot work stops first."""
    environment = known_before_installing(environ)
    preflight.refuse_taken_port(environment)
    preflight.refuse_unwritable_folders(environment)
    venv.refuse_without_venv()
    venv.provide(venv.RUNNING)
    run(*REACH, environ=environ)
    run(*MANAGE, "migrate", "--no-input", "--verbosity=0", environ=environ)
    run(*MANAGE, "reindex", "--missing", environ=environ)
    if environment.debug:
        run(*MANAGE, "seed_demo", "--if-empty", environ=environ)
    else:
        run(*MANAGE, "collectstatic", "--no-input", "--verbosity=0", environ=environ)
    return environ


def known_before_installing(environ: Mapping[str, str]) -> env.Environment:
    """All but the time zone: a bare Python may lack the list of zones."""
    try:
        return env.read({**environ, "TIME_ZONE": ""})
    except env.RefusedError as refused:
        env.stop(refused)


def serve(environ: Mapping[str, str]) -> None:
    environment = known_before_installing(environ)
    with Processes(environ) as processes:
        processes.start("worker", *MANAGE, "worker")
        processes.start("web server", *WEB)
        address = preflight.address(environment)
        wait_until_live(address, processes)
        print(WELCOME.format(address=address))
        if environment.debug:
            print(ACCOUNTS)
        print("Ctrl-C stops it.", flush=True)
        sys.exit(processes.wait())


if __name__ == "__main__":
    main()
