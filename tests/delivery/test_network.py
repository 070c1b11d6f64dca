"""Where webhooks may post: to the world, and not into the site's own network."""

import socket
import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network

import pytest
from pytest_django import Settings

from incidents.delivery import network
from incidents.delivery.failures import FailedError, HopelessError

Answer = Callable[..., list[tuple[object, ...]]]

INSIDE = (
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.1",
    "10.0.0.1",
    "172.16.3.4",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "2001:0:7f00:1::",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
)
OUTSIDE = ("1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::101:101")


def answering(*numbers: str) -> Answer:
    """A name server that says this of every name."""

    def ask(host: str, port: int, **options: object) -> list[tuple[object, ...]]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))
            for number in numbers
        ]

    return ask


@pytest.mark.parametrize("number", INSIDE)
def test_an_address_inside_is_not_reached(number: str) -> None:
    assert not network.may_reach(ip_address(number))


@pytest.mark.parametrize("number", OUTSIDE)
def test_an_address_outside_is_reached(number: str) -> None:
    assert network.may_reach(ip_address(number))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://files.example/",
        "file:///etc/passwd",
        "//chat.example/hook",
        "https://",
        "https://ada:secret@chat.example/",
        "https://chat.example:99999/",
        "https://[::1/",
    ],
)
def test_what_is_no_address_of_a_webhook_is_refused(url: str) -> None:
    with pytest.raises(HopelessError):
        network.target(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/admin/",
        "http://0/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]:80/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_each_way_to_write_an_inner_address_is_refused_with_its_number(
    url: str,
) -> None:
    with pytest.raises(HopelessError, match="an address inside the network"):
        network.target(url)


@pytest.mark.parametrize("also", [(), ("1.1.1.1",)])
def test_a_name_that_stands_for_an_inner_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, also: tuple[str, ...]
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering(*also, "10.0.0.7"))
    with pytest.raises(HopelessError, match=r"chat\.example stands for 10\.0\.0\.7"):
        network.target("https://chat.example/hook")


def test_an_inner_network_can_be_allowed(settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    assert network.target("http://127.0.0.1:8065/hook").port == 8065
    with pytest.raises(HopelessError):
        network.target("http://10.0.0.1/")


def test_a_name_that_does_not_exist_may_exist_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ask(*args: object, **options: object) -> Answer:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    with pytest.raises(FailedError, match=r"no such name: chat\.example"):
        network.target("https://chat.example/hook")


def test_a_name_server_that_hangs_holds_nobody_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network, "LOOKUP", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: time.sleep(1))
    with pytest.raises(FailedError, match="in time"):
        network.target("https://chat.example/hook")


def test_an_address_is_taken_apart_for_the_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("1.1.1.1", "1.1.1.1"))
    found = network.target("https://Chat.Example/höök?a=1#part")
    assert (found.host, found.port, found.secure) == ("chat.example", 443, True)
    assert found.path == "/h%C3%B6%C3%B6k?a=1"
    assert found.numbers == [ip_address("1.1.1.1")]
