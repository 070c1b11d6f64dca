"""Where this site may connect to when a person gives it an address.

A webhook must not become a way into the network that the site stands in. What is
checked here are the numbers that a name stands for, and it is these numbers that
are connected to: a name that answers differently a moment later gains nothing.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from incidents.delivery.failures import FailedError, HopelessError

IP = IPv4Address | IPv6Address
PORTS: Final = {"http": 80, "https": 443}
# Seconds for a name to be looked up. The system's own patience is a minute and more.
LOOKUP: Final = 5.0
# Here an IPv6 address becomes, on its way, the IPv4 one that its last 32 bits are.
TRANSLATED: Final = IPv6Network("64:ff9b::/96")
# What not every Python of ours knows to be no public address.
ALSO_CLOSED: Final = (
    IPv4Network("192.0.0.0/24"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("fec0::/10"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: what to say to the other side, and where to connect."""

    parts: SplitResult
    host: str
    port: int
    numbers: Sequence[IP]

    @property
    def secure(self) -> bool:
        return self.parts.scheme == "https"

    @property
    def path(self) -> str:
        query = f"?{self.parts.query}" if self.parts.query else ""
        return iri_to_uri(f"{self.parts.path or '/'}{query}")


def target(url: str) -> Target:
    """This address, if every number behind its name may be connected to."""
    parts, host, port = split_url(url)
    numbers = look_up(host, port)
    for number in numbers:
        refuse_inside(host, number)
    return Target(parts, host, port, numbers)


def split_url(url: str) -> tuple[SplitResult, str, int]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise HopelessError("This is no address that can be read.") from error
    if parts.scheme not in PORTS or not host:
        raise HopelessError("Write an address that begins with https:// or http://.")
    if parts.username is not None:
        raise HopelessError("Leave the name and the password out of the address.")
    return parts, host, PORTS[parts.scheme] if port is None else port


def refuse_inside(host: str, number: IP) -> None:
    if may_reach(number):
        return
    named = "is" if host == str(number) else f"stands for {number},"
    raise HopelessError(
        f"{host} {named} an address inside the network. The site does not post there, "
        "unless whoever runs it names that network in WEBHOOK_NETWORKS."
    )


def may_reach(number: IP) -> bool:
    """A public address, or one of a network that the settings allow."""
    inside = unwrapped(number)
    allowed = settings.WEBHOOK_NETWORKS
    if any(number in network or inside in network for network in allowed):
        return True
    closed = inside.is_multicast or inside.is_reserved or not inside.is_global
    return not closed and not any(inside in network for network in ALSO_CLOSED)


def unwrapped(number: IP) -> IP:
    """The IPv4 address that an IPv6 one carries inside, where it does."""
    if isinstance(number, IPv4Address):
        return number
    inside = number.ipv4_mapped or number.sixtofour
    if inside is None and number in TRANSLATED:
        inside = IPv4Address(int(number) & 0xFFFFFFFF)
    return inside or number


def look_up(host: str, port: int) -> Sequence[IP]:
    """The numbers behind a name, in the order in which to try them."""
    found = ask_within(LOOKUP, host, port)
    if isinstance(found, TimeoutError):
        raise FailedError(f"Nobody could say in time where {host} is.") from found
    if isinstance(found, Exception):
        raise FailedError(f"There is no such name: {host}.") from found
    # A number of one machine's own network carries the name of its card: fe80::1%eth0.
    texts = (str(address[0]).partition("%")[0] for *_, address in found)
    return [ip_address(text) for text in dict.fromkeys(texts)]


def ask_within(seconds: float, host: str, port: int) -> Any:
    """The system's answer for this name, or its error, within so many seconds."""
    answer: SimpleQueue[Any] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        return answer.get(timeout=seconds)
    except Empty:
        return TimeoutError(f"{seconds} seconds")
