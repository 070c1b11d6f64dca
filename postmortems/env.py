"""What this deployment says about itself, read from the environment.

Each field of `Environment` is one variable: `data_dir` is `DATA_DIR`. Plain
Python without Django, so that `make run` can refuse before anything is installed.
`docs/settings.md` explains every variable to the person who sets it.
"""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NoReturn, TypeVar

from postmortems import keyfile, values
from postmortems.values import Database, Mail, UnreadableError

T = TypeVar("T")

# gunicorn takes this code from a process it started as "do not try again".
EXIT_CODE: Final = 3
LONGEST_SECRET_FILE: Final = 64 * 1024


class RefusedError(Exception):
    """A variable that stops the start; its text is the one line to show."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")


@dataclass(frozen=True)
class Environment:
    """Every variable, read and checked."""

    debug: bool
    secret_key: str = field(repr=False, metadata={"secret": True})
    data_dir: Path
    database_url: Database = field(metadata={"secret": True})
    database_replica_url: Database | None = field(metadata={"secret": True})
    database_pooler: bool
    static_host: str
    media_root: Path
    media_bucket: str
    media_endpoint: str
    media_region: str
    media_access_key: str
    media_secret_key: str = field(repr=False, metadata={"secret": True})
    allowed_hosts: tuple[str, ...]
    csrf_trusted_origins: tuple[str, ...]
    https: bool
    trust_proxy: bool
    bind_address: str
    port: int
    web_concurrency: int
    time_zone: str
    email_url: Mail | None = field(metadata={"secret": True})
    email_from: str
    site_url: str
    webhook_networks: tuple[values.Network, ...]
    log_level: str
    metrics_token: str = field(repr=False, metadata={"secret": True})
    sentry_dsn: str = field(repr=False, metadata={"secret": True})


VARIABLES: Final = tuple(f.name.upper() for f in fields(Environment))
SECRETS: Final = tuple(
    f.name.upper() for f in fields(Environment) if f.metadata.get("secret")
)
# What a few sites need, by the variable that asks for it.
EXTRAS: Final = {
    "media_bucket": ("storages", "django-storages[boto3]"),
    "metrics_token": ("prometheus_client", "prometheus-client"),
    "sentry_dsn": ("sentry_sdk", "sentry-sdk"),
}
LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")


def read(environ: Mapping[str, str]) -> Environment:
    """The environment as values; touches nothing but the secrets' files."""

    def value(name: str, reader: Callable[[str], T], default: T) -> T:
        return variable(environ, name, reader, default)

    debug = value("DEBUG", values.switch, False)
    data_dir = value("DATA_DIR", values.path, values.HOME / "data")
    return Environment(
        debug=debug,
        secret_key=value("SECRET_KEY", values.plain, ""),
        data_dir=data_dir,
        database_url=value("DATABASE_URL", values.database, own_file(data_dir)),
        database_replica_url=value("DATABASE_REPLICA_URL", values.server, None),
        database_pooler=value("DATABASE_POOLER", values.switch, False),
        static_host=value("STATIC_HOST", values.origin, ""),
        media_root=value("MEDIA_ROOT", values.path, data_dir / "media"),
        media_bucket=value("MEDIA_BUCKET", values.bucket, ""),
        media_endpoint=value("MEDIA_ENDPOINT", values.endpoint, ""),
        media_region=value("MEDIA_REGION", values.region, ""),
        media_access_key=value("MEDIA_ACCESS_KEY", values.plain, ""),
        media_secret_key=value("MEDIA_SECRET_KEY", values.plain, ""),
        allowed_hosts=value("ALLOWED_HOSTS", values.hosts, LOOPBACK),
        csrf_trusted_origins=value("CSRF_TRUSTED_ORIGINS", values.origins, ()),
        https=value("HTTPS", values.switch, not debug),
        trust_proxy=value("TRUST_PROXY", values.switch, False),
        bind_address=value("BIND_ADDRESS", values.host, "127.0.0.1"),
        port=value("PORT", values.port, 8000),
        web_concurrency=value("WEB_CONCURRENCY", values.count, 1),
        time_zone=value("TIME_ZONE", values.zone, "UTC"),
        email_url=value("EMAIL_URL", values.mail, None),
        email_from=value("EMAIL_FROM", values.sender, "postmortems@localhost"),
        site_url=value("SITE_URL", values.site, ""),
        webhook_networks=value("WEBHOOK_NETWORKS", values.networks, ()),
        log_level=value("LOG_LEVEL", values.level, "INFO"),
        metrics_token=value("METRICS_TOKEN", values.token, ""),
        sentry_dsn=value("SENTRY_DSN", values.dsn, ""),
    )


def load() -> Environment:
    """This process's environment, ready to use; stops the process if it is not."""
    try:
        return settle(read(os.environ))
    except RefusedError as refused:
        stop(refused)


def stop(refused: RefusedError) -> NoReturn:
    print(refused, file=sys.stderr)
    raise SystemExit(EXIT_CODE)


def variable(
    environ: Mapping[str, str], name: str, reader: Callable[[str], T], default: T
) -> T:
    """The variable's value; empty counts as absent, as compose files write it."""
    source, text = written(environ, name)
    if not text:
        return default
    if not text.isprintable():
        raise RefusedError(source, "holds characters that cannot be printed.")
    try:
        return reader(text)
    except UnreadableError as unreadable:
        raise RefusedError(source, str(unreadable)) from None


def written(environ: Mapping[str, str], name: str) -> tuple[str, str]:
    """The name that holds the value, and its text: a secret may be in a file."""
    text, file = environ.get(name, ""), environ.get(f"{name}_FILE", "")
    if name not in SECRETS or not file:
        return name, text.strip()
    if text:
        raise RefusedError(name, f"is set, and so is {name}_FILE; keep one of them.")
    return f"{name}_FILE", content(f"{name}_FILE", file)


def content(name: str, file: str) -> str:
    try:
        with (values.HOME / file).open(encoding="utf-8") as stream:
            text = stream.read(LONGEST_SECRET_FILE).strip()
    except (OSError, ValueError):
        raise RefusedError(
            name, f"names a file that cannot be read: {file!r}."
        ) from None
    if not text:
        raise RefusedError(name, f"names an empty file: {file!r}.")
    return text


def own_file(data_dir: Path) -> Database:
    return Database(kind="sqlite", name=str(data_dir / "postmortems.sqlite3"))


def settle(environment: Environment) -> Environment:
    """Makes what the values promise: SQLite's folder, a key where none was set."""
    database = environment.database_url
    if database.kind == "sqlite":
        folder = Path(database.name).parent
        own = folder == environment.data_dir
        make_folder("DATA_DIR" if own else "DATABASE_URL", folder)
        if Path(database.name).is_dir():
            raise RefusedError("DATABASE_URL", "names a folder; name a file in it.")
        if environment.database_replica_url:
            raise RefusedError(
                "DATABASE_REPLICA_URL",
                "names a replica, but DATABASE_URL is SQLite, which has none.",
            )
    refuse_missing_packages(environment)
    if environment.secret_key:
        return environment
    make_folder("DATA_DIR", environment.data_dir)
    try:
        key = keyfile.kept_key(environment.data_dir / "secret-key")
    except (OSError, ValueError) as error:
        raise RefusedError("DATA_DIR", f"cannot keep a secret key: {error}.") from None
    return replace(environment, secret_key=key)


def refuse_missing_packages(environment: Environment) -> None:
    for name, (module, package) in EXTRAS.items():
        if getattr(environment, name) and find_spec(module) is None:
            raise RefusedError(
                name.upper(),
                f'needs one more package: {sys.executable} -m pip install "{package}"',
            )


def make_folder(name: str, folder: Path) -> None:
    """For its owner alone: the database in it holds what only some may read."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError):
        raise RefusedError(
            name, f"needs the folder {str(folder)!r}, which cannot be made."
        ) from None
