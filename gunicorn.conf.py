"""gunicorn's settings; it finds this file itself, started by `postmortems.web`."""

import os
import shutil
import tempfile

from postmortems import env, logs

# Read here, in the parent process, so that a bad value is said once.
environment = env.load()

bind = f"{environment.bind_address}:{environment.port}"
worker_class = "gthread"
workers = environment.web_concurrency
threads = 4
timeout = 60
# The longest search is 500 signs, and a sign takes up to nine letters of an address.
limit_request_line = 8190
graceful_timeout = 20
control_socket_disable = True
# Whether a proxy is believed is said by TRUST_PROXY, and by nothing else.
secure_scheme_headers: dict[str, str] = {}
logconfig_dict = logs.configuration(environment.log_level, readable=environment.debug)

COUNTS = "PROMETHEUS_MULTIPROC_DIR"
if environment.metrics_token and COUNTS not in os.environ:
    # Each process counts in a file of its own there; whoever is asked adds them up.
    os.environ[COUNTS] = tempfile.mkdtemp(prefix="postmortems-metrics-")


def on_exit(server: object) -> None:
    if environment.metrics_token:
        shutil.rmtree(os.environ[COUNTS], ignore_errors=True)
