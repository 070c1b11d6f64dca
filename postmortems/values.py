"""One reader for each sort of value that the environment can hold.

A reader takes the text as written and returns the value, or raises `UnreadableError`
with the end of a sentence that starts with the variable's name. The text of a
secret is never repeated in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

Network = IPv4Network | IPv6Network

HOME = Path(__file__).resolve().parent.parent

SWITCH = {"1": True, "true": True, "yes": True, "on": True}
SWITCH |= {"0": False, "false": False, "no": False, "off": False}
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
HOST = re.compile(r"\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)
# Quotes, semicolons and blanks would end the browser policy that names it.
ORIGIN = re.compile(r"https?://[^\s/?#@'\";,]+", re.IGNORECASE)
SENDER = re.compile(r"[^\s@<>]+@[^\s@<>]+|[^<>]*<[^\s@<>]+@[^\s@<>]+>")
ANYTHING = re.compile(r".*")
# What follows an address of PostgreSQL, and what each may say: the server's library
# would refuse it at the first page, and not at the start.
POSTGRESQL_OPTIONS = {
    "application_name": ANYTHING,
    "connect_timeout": re.compile(r"[0-9]{1,6}"),
    "host": ANYTHING,
    "options": ANYTHING,
    "sslcert": ANYTHING,
    "sslkey": ANYTHING,
    "sslmode": re.compile(r"disable|allow|prefer|require|verify-ca|verify-full"),
    "sslrootcert": ANYTHING,
    "target_session_attrs": re.compile(
        r"any|read-write|read-only|primary|standby|prefer-standby"
    ),
}
MOST_PROCESSES = 1000
SYSTEM_ZONES = Path("/usr/share/zoneinfo")


class UnreadableError(ValueError):
    """Why a value cannot be used, worded to follow the variable's name."""


@dataclass(frozen=True)
class Database:
    """Where the rows live: a file for SQLite, a server for PostgreSQL."""

    kind: Literal["sqlite", "postgresql"]
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: int | None = None
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Mail:
    """The server that takes our mail, and how the conversation is protected."""

    security: Literal["none", "starttls", "tls"]
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def switch(text: str) -> bool:
    try:
        return SWITCH[text.lower()]
    except KeyError:
        raise UnreadableError(
            f"{text!r} is neither on nor off; write 1 or 0."
        ) from None


def port(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", text) and 1 <= int(text) <= 65535:
        return int(text)
    raise UnreadableError(f"{text!r} is not a port; write a number from 1 to 65535.")


def count(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,4}", text) and 1 <= int(text) <= MOST_PROCESSES:
        return int(text)
    raise UnreadableError(
        f"{text!r} is no number of processes; write one from 1 to {MOST_PROCESSES}."
    )


def words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[,\s]+", text) if word)


def hosts(text: str) -> tuple[str, ...]:
    for name in words(text):
        if not HOST.fullmatch(name):
            raise UnreadableError(
                f"{name!r} is not a host name; "
                "write names without scheme or port, separated by commas."
            )
    return words(text)


def host(text: str) -> str:
    if HOST.fullmatch(text) and "*" not in text and not is_no_address(text):
        return text
    raise UnreadableError(f"{text!r} is not an address to listen on.")


def is_no_address(text: str) -> bool:
    """Whether it is made of numbers, or stands in brackets, without being one."""
    if re.search("[a-z]", text, re.IGNORECASE) and not text.startswith("["):
        return False
    try:
        ip_address(text.strip("[]"))
    except ValueError:
        return True
    return False


def origins(text: str) -> tuple[str, ...]:
    return tuple(origin(word) for word in words(text))


def origin(text: str) -> str:
    if ORIGIN.fullmatch(text) and split(text).hostname:
        return text
    raise UnreadableError(
        f"{text!r} is not an origin; write https://host without a path."
    )


def site(text: str) -> str:
    form = r"https?://[^\s/?#@]+/?"
    if re.fullmatch(form, text, re.IGNORECASE) and split(text).hostname:
        return text.rstrip("/")
    raise UnreadableError(
        f"{text!r} is not the address of a site; write https://host without a path."
    )


def networks(text: str) -> tuple[Network, ...]:
    return tuple(network(word) for word in words(text))


def network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise UnreadableError(
            f"{text!r} is not a network; write one such as 10.1.0.0/16 or fd00:1::/64."
        ) from None


def bucket(text: str) -> str:
    form = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
    if re.fullmatch(form, text) and ".." not in text:
        return text
    raise UnreadableError(f"{text!r} is not the name of a bucket.")


def region(text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9-]{1,63}", text):
        return text
    raise UnreadableError(f"{text!r} is no region; write one such as eu-central-1.")


def endpoint(text: str) -> str:
    if re.fullmatch(r"https?://[^\s?#@]+", text) and split(text).hostname:
        return text
    raise UnreadableError(f"{text!r} is not an address; write https://host.")


def token(text: str) -> str:
    """A word that a header can carry and nobody can guess."""
    if re.fullmatch(r"[A-Za-z0-9._~+/=-]{16,200}", text):
        return text
    raise UnreadableError(
        "is no token; write 16 or more letters and digits, "
        "for example from openssl rand -hex 32."
    )


def dsn(text: str) -> str:
    parts = split(text)
    web, project = parts.scheme in ("http", "https"), parts.path.rpartition("/")[2]
    if web and parts.username and parts.hostname and re.fullmatch("[0-9]+", project):
        return text
    raise UnreadableError("is no DSN; copy it from the settings of the project there.")


def zone(text: str) -> str:
    """An IANA zone that Python and Django both know.

    Django asks the system's zone folder as well, where there is one, and stops
    with a traceback for a name that only the tzdata package carries.
    """
    unknown = UnreadableError(
        f"{text!r} is not a time zone; write one such as Europe/Rome."
    )
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):
        raise unknown from None
    if SYSTEM_ZONES.exists() and not SYSTEM_ZONES.joinpath(text).is_file():
        raise unknown
    return text


def level(text: str) -> str:
    if text.upper() in LEVELS:
        return text.upper()
    raise UnreadableError(f"{text!r} is not a level; write one of {', '.join(LEVELS)}.")


def sender(text: str) -> str:
    if SENDER.fullmatch(text):
        return text
    raise UnreadableError(f"{text!r} is not an email address.")


def path(text: str) -> Path:
    """A folder or file; a relative one is meant from the project's folder."""
    return HOME / text


def plain(text: str) -> str:
    return text


def database(text: str) -> Database:
    parts = split(text)
    if parts.scheme == "sqlite":
        return sqlite(parts)
    if parts.scheme in ("postgres", "postgresql"):
        return postgresql(parts)
    raise UnreadableError(
        "is not a database address; "
        "write postgres://user:password@host/name or sqlite:///folder/file.sqlite3."
    )


def server(text: str) -> Database:
    found = database(text)
    if found.kind != "postgresql":
        raise UnreadableError("names no PostgreSQL; write postgres://user@host/name.")
    return found


def split(text: str) -> SplitResult:
    """The parts of an address, with its port known to be a number."""
    try:
        parts = urlsplit(text)
        wrong = parts.port == 0
    except ValueError:
        wrong = True
    if wrong:
        raise UnreadableError("is not an address that can be read.")
    return parts


def sqlite(parts: SplitResult) -> Database:
    name = unquote(parts.path.removeprefix("/"))
    if parts.netloc or not name or not name.isprintable() or name == ":memory:":
        raise UnreadableError(
            "names no SQLite file; write sqlite:///folder/file.sqlite3."
        )
    return Database(kind="sqlite", name=str(HOME / name))


def postgresql(parts: SplitResult) -> Database:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    refuse_options(options)
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise UnreadableError("names no database; write postgres://user@host/name.")
    return Database(
        kind="postgresql",
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=parts.port,
        options=MappingProxyType(options),
    )


def refuse_options(options: Mapping[str, str]) -> None:
    for name, said in options.items():
        if name not in POSTGRESQL_OPTIONS:
            raise UnreadableError(f"has an option we do not know: {name!r}.")
        if not POSTGRESQL_OPTIONS[name].fullmatch(said):
            raise UnreadableError(f"says something of {name!r} that has no meaning.")


SECURITY: Mapping[str, tuple[Literal["none", "starttls", "tls"], int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}


def mail(text: str) -> Mail:
    parts = split(text)
    if parts.scheme not in SECURITY or not parts.hostname:
        raise UnreadableError(
            "is not a mail address to send through; write smtp://host, "
            "smtp+starttls://user:password@host or smtps://user:password@host."
        )
    security, usual_port = SECURITY[parts.scheme]
    return Mail(
        security=security,
        host=parts.hostname,
        port=parts.port or usual_port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
