"""Addresses that lead inwards are refused in every form they can be written in."""

import socket
from ipaddress import ip_address

import pytest

from spiff.web.outgoing import Outgoing, look_up
from spiff.web.targets import AddressRefused, read_target, require_allowed

INTERNAL = [
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",  # noqa: S104 - nothing listens here
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.1.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::10.0.0.1",
    "2002:7f00:1::",
    "2002:808:808::",
    "2001:0:808:808::1",
]
PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::8.8.8.8", "::ffff:8.8.8.8"]


def _written(address: str) -> str:
    return f"https://[{address}]/hook" if ":" in address else f"https://{address}/hook"


@pytest.mark.parametrize("address", INTERNAL)
def test_internal_addresses_are_refused_as_literals_and_behind_names(address: str) -> None:
    with pytest.raises(AddressRefused, match="not a public address"):
        read_target(_written(address), allow_private=False)
    with pytest.raises(AddressRefused, match="not a public address"):
        Outgoing(resolve=lambda _: [ip_address(address)]).send("POST", "https://shop.example/", headers={}, body=b"")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_fine(address: str) -> None:
    assert read_target(_written(address), allow_private=False).port == 443


def test_one_internal_address_among_public_ones_is_enough_to_refuse() -> None:
    mixed = [ip_address("8.8.8.8"), ip_address("10.0.0.1")]

    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        Outgoing(resolve=lambda _: mixed).send("POST", "https://shop.example/", headers={}, body=b"")


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "localhost"])
def test_what_the_system_reads_as_this_machine_is_refused(host: str) -> None:
    assert any(each.is_loopback or each.is_unspecified for each in look_up(host))

    with pytest.raises(AddressRefused):
        Outgoing().send("POST", f"https://{host}/", headers={}, body=b"")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook",
        "http://shop.example/hook",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "HTTPS:shop.example",
        "https://",
        "https:///hook",
        "https://user:secret@shop.example/",
        "https://shop.example@10.0.0.1/",
        "https://shop.example\\@10.0.0.1/",
        "https://shop.example/#here",
        "https://shop.example:0/",
        "https://shop.example:65536/",
        "https://shop.example:port/",
        "https://shop example/",
        "https://shop.example/\nHost: other",
        "https://shöp.example/",
        "https://[::1",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://-shop.example/",
        "https://shop.example/" + "a" * 2000,
    ],
)
def test_what_is_no_proper_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        read_target(url, allow_private=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd12::1"])
def test_own_networks_can_be_allowed(address: str) -> None:
    require_allowed(ip_address(address), allow_private=True)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "168.63.129.16", "::ffff:169.254.169.254", "::", "fe80::1", "ff02::1"]
)
def test_metadata_services_are_never_allowed(address: str) -> None:
    with pytest.raises(AddressRefused):
        require_allowed(ip_address(address), allow_private=True)


def test_an_address_is_taken_apart_as_it_is_sent() -> None:
    target = read_target("https://Shop.Example:8443/hook?a=1&b=%20", allow_private=False)

    assert (target.authority, target.path) == ("shop.example:8443", "/hook?a=1&b=%20")
    assert read_target("https://shop.example", allow_private=False).path == "/"
    assert read_target("http://[::1]/", allow_private=True).authority == "[::1]"


def test_looking_up_needs_no_network_for_what_is_an_address_already() -> None:
    assert look_up("93.184.216.34") == [ip_address("93.184.216.34")]
    with pytest.raises(socket.gaierror):
        look_up("256.1.1.1.invalid.")
