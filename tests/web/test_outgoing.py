"""Requests to untrusted addresses: to the checked address under the right name, bounded in time and size."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from spiff.web.outgoing import Outgoing, Unanswered
from spiff.web.targets import IpAddress
from tests.receiver import Exchange, Received, answering, receiving

LOOPBACK = ip_address("127.0.0.1")
NAME = "shop.example"


def _send(url: str, outgoing: Outgoing | None = None, *, seconds: float = 15.0, most_bytes: int = 1000) -> bytes:
    outgoing = outgoing or Outgoing(allow_private=True)
    answer = outgoing.send("POST", url, headers={"X-A": "b"}, body=b"{}", limit_seconds=seconds, most_bytes=most_bytes)
    return b"%d %s" % (answer.status, answer.body)


def _contexts(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """TLS for a server of that name, and for a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


def test_a_request_arrives_with_what_it_carries() -> None:
    with receiving(answering(200, b"thanks")) as receiver:
        said = _send(receiver.url + "?a=1")
        received = receiver.next()

    assert said == b"200 thanks"
    assert (received.method, received.path, received.body) == ("POST", "/hook?a=1", b"{}")
    assert received.headers["x-a"] == "b"


def test_a_connection_goes_to_the_checked_address_and_speaks_of_the_name(tmp_path: Path) -> None:
    server, client = _contexts(tmp_path, NAME)
    asked_for: list[str] = []
    server.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    looked_up: list[str] = []

    def resolve(host: str) -> list[IpAddress]:
        looked_up.append(host)
        return [LOOPBACK]

    with receiving(tls=server) as receiver:
        said = _send(f"https://{NAME}:{receiver.port}/", Outgoing(allow_private=True, resolve=resolve, tls=client))
        received = receiver.next()

    assert said == b"204 "
    assert (asked_for, looked_up) == ([NAME], [NAME])
    assert received.headers["host"] == f"{NAME}:{receiver.port}"


def test_a_server_that_cannot_show_its_name_gets_nothing(tmp_path: Path) -> None:
    server, client = _contexts(tmp_path, "other.example")
    outgoing = Outgoing(allow_private=True, resolve=lambda _: [LOOPBACK], tls=client)

    with receiving(tls=server) as receiver:
        with pytest.raises(Unanswered, match="certificate was not accepted"):
            _send(f"https://{NAME}:{receiver.port}/", outgoing)

        assert receiver.came() == []


def test_the_next_address_is_tried_where_one_does_not_accept() -> None:
    addresses = [ip_address("::1"), LOOPBACK]

    with receiving() as receiver:
        said = _send(f"http://{NAME}:{receiver.port}/", Outgoing(allow_private=True, resolve=lambda _: addresses))

    assert said == b"204 "


def test_redirects_are_answers_and_not_followed() -> None:
    with receiving() as other, receiving(answering(302, Location=other.url)) as receiver:
        said = _send(receiver.url)

        assert other.came() == []
    assert said == b"302 "


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy, receiving() as receiver:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        _send(receiver.url)

        assert (len(proxy.came()), len(receiver.came())) == (0, 1)


def test_a_body_without_end_is_read_as_far_as_wanted() -> None:
    left = threading.Event()

    def endless(exchange: Exchange, _: Received) -> None:
        exchange.send_response(200)
        exchange.end_headers()
        try:
            while True:
                exchange.wfile.write(b"x" * 65536)
        finally:
            left.set()

    with receiving(endless) as receiver:
        said = _send(receiver.url, most_bytes=1000)

        assert said == b"200 " + b"x" * 1000
        assert left.wait(30)


def test_a_head_without_end_is_no_answer() -> None:
    def endless(exchange: Exchange, _: Received) -> None:
        exchange.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            exchange.wfile.write(b"X-Padding: " + b"x" * 1000 + b"\r\n")

    with receiving(endless) as receiver, pytest.raises(Unanswered, match="not HTTP"):
        _send(receiver.url)


def test_a_server_that_drips_is_left_at_the_deadline() -> None:
    left = threading.Event()

    def dripping(exchange: Exchange, _: Received) -> None:
        exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        try:
            while not left.wait(0.02):
                exchange.wfile.write(b"x")
        finally:
            left.set()

    with receiving(dripping) as receiver, pytest.raises(Unanswered, match=r"within 0\.3 seconds"):
        try:
            _send(receiver.url, seconds=0.3)
        finally:
            left.set()


def test_a_name_that_is_never_found_is_left_at_the_deadline() -> None:
    over = threading.Event()

    def stuck(_: str) -> list[IpAddress]:
        over.wait(30)
        return [LOOPBACK]

    with pytest.raises(Unanswered, match="within"):
        _send(f"http://{NAME}/", Outgoing(allow_private=True, resolve=stuck), seconds=0.1)
    over.set()


def test_names_that_are_never_found_kept_all_others_from_being_looked_up() -> None:
    over = threading.Event()

    def stuck(_: str) -> list[IpAddress]:
        over.wait(30)
        return [LOOPBACK]

    for _ in range(16):
        with pytest.raises(Unanswered, match="within"):
            _send(f"http://{NAME}/", Outgoing(allow_private=True, resolve=stuck), seconds=0.05)
    with receiving(answering(200, b"thanks")) as receiver:
        outgoing = Outgoing(allow_private=True, resolve=lambda _: [LOOPBACK])
        try:
            said = _send(f"http://{NAME}:{receiver.port}/", outgoing, seconds=5)
        finally:
            over.set()

    assert said == b"200 thanks"


def test_nobody_at_the_port_and_unknown_names_are_said_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unanswered, match="refused"):
            _send(f"http://127.0.0.1:{taken.getsockname()[1]}/")

    def unknown(_: str) -> list[IpAddress]:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    with pytest.raises(Unanswered, match="host name is unknown"):
        _send(f"http://{NAME}/", Outgoing(allow_private=True, resolve=unknown))


def test_what_is_not_http_is_said_so() -> None:
    def other(exchange: Exchange, _: Received) -> None:
        exchange.wfile.write(b"SSH-2.0-x\r\n\r\n")

    with receiving(other) as receiver, pytest.raises(Unanswered, match="not HTTP"):
        _send(receiver.url)
