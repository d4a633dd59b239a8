import base64
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiff.auth import soa
from spiff.auth.live_secrets import NOBODYS_SECRET

VECTORS: list[dict[str, Any]] = [
    vector
    for name in ("contract.json", "ours.json")
    for vector in json.loads(Path("fixtures/signatures", name).read_text("utf-8"))["vectors"]
]
REQUEST = soa.Signed(
    "POST", "/api/v2/orders", "application/json", "Wed, 01 Jan 2020 00:00:00 GMT", b'{"orderItems":[]}'
)
SECRET = "secret-key"


def _request(vector: dict[str, Any]) -> soa.Signed:
    # A server always sees the path with its slash, however it was signed.
    path = "/" + vector["path"].removeprefix("/")
    return soa.Signed(vector["method"], path, vector["contentType"], vector["date"], vector["body"].encode())


def test_the_vectors_of_the_contract_are_all_there() -> None:
    assert len(json.loads(Path("fixtures/signatures/contract.json").read_text("utf-8"))["vectors"]) == 6


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["accepted"]], ids=lambda v: v["name"])
def test_an_accepted_vector_verifies(vector: dict[str, Any]) -> None:
    parts = soa.read_authorization(vector["authorization"])

    assert parts is not None
    assert parts[0] == vector["accessKey"]
    assert soa.verify([vector["secret"]], _request(vector), parts[1])
    assert soa.read_date(vector["date"]) is not None


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if v.get("reason") == "signature-wrong"], ids=lambda v: v["name"]
)
def test_a_wrong_vector_does_not_verify(vector: dict[str, Any]) -> None:
    parts = soa.read_authorization(vector["authorization"])

    assert parts is not None
    known = [vector["secret"]] if parts[0] == vector["accessKey"] else []
    assert not soa.verify(known, _request(vector), parts[1])


@pytest.mark.parametrize(
    "vector",
    [v for v in VECTORS if v.get("reason") in {"signature-malformed", "signature-missing"}],
    ids=lambda v: v["name"],
)
def test_an_unreadable_header_is_none(vector: dict[str, Any]) -> None:
    assert soa.read_authorization(vector["authorization"]) is None


@given(secret=st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_signature_is_hmac_sha1_whatever_the_secrets_length(secret: str) -> None:
    text = soa.string_to_sign(REQUEST, "md5")

    assert soa.sign(secret, REQUEST, "md5") == base64.b64encode(hmac.digest(secret.encode(), text, "sha1")).decode()


def test_both_of_two_live_secrets_verify_and_a_third_does_not() -> None:
    signatures = [base64.b64decode(soa.sign(secret, REQUEST)) for secret in ("one", "two", "three")]

    assert [soa.verify(["one", "two", "three"], REQUEST, each) for each in signatures] == [True, True, False]


def test_no_secret_accepts_nothing_not_even_what_stands_in_for_it() -> None:
    stand_in = NOBODYS_SECRET

    assert not soa.verify([], REQUEST, base64.b64decode(soa.sign(stand_in, REQUEST)))


@given(digest=st.sampled_from(soa.DIGESTS), part=st.sampled_from(REQUEST.__struct_fields__), data=st.data())
def test_every_changed_bit_of_every_signed_part_is_refused(digest: soa.Digest, part: str, data: st.DataObject) -> None:
    signature = base64.b64decode(soa.sign(SECRET, REQUEST, digest))
    before = REQUEST.body if part == "body" else getattr(REQUEST, part).encode()
    bit = data.draw(st.integers(0, len(before) * 8 - 1))
    after = bytearray(before)
    after[bit // 8] ^= 1 << bit % 8

    changes = {part: bytes(after) if part == "body" else bytes(after).decode("latin-1")}
    request = soa.Signed(**{name: getattr(REQUEST, name) for name in REQUEST.__struct_fields__} | changes)

    assert soa.verify([SECRET], REQUEST, signature)
    assert not soa.verify([SECRET], request, signature)


@given(bit=st.integers(0, 159))
def test_every_changed_bit_of_the_signature_is_refused(bit: int) -> None:
    signature = bytearray(base64.b64decode(soa.sign(SECRET, REQUEST)))
    signature[bit // 8] ^= 1 << bit % 8

    assert not soa.verify([SECRET], REQUEST, bytes(signature))


@given(header=st.text(max_size=200))
def test_any_header_can_be_read_without_a_failure(header: str) -> None:
    soa.read_authorization(header)
    soa.read_authorization(f"SOA {header}")
    soa.read_date(header)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Wed, 1 Jan 2020 0:0:0 GMT", datetime(2020, 1, 1, tzinfo=UTC)),
        ("Wed, 01 Jan 2020 00:00:00 GMT", datetime(2020, 1, 1, tzinfo=UTC)),
        ("01 Jan 2020 10:11:12 GMT", datetime(2020, 1, 1, 10, 11, 12, tzinfo=UTC)),
        ("Wednesday, 01-Jan-2020 10:11:12 UTC", datetime(2020, 1, 1, 10, 11, 12, tzinfo=UTC)),
        ("Wed, 31 Feb 2020 00:00:00 GMT", None),
        ("Wed, 01 Foo 2020 00:00:00 GMT", None),
        ("2020-01-01T00:00:00Z", None),
        ("", None),
    ],
)
def test_dates_are_read_with_and_without_padding(text: str, instant: datetime | None) -> None:
    assert soa.read_date(text) == instant


def test_a_signature_whose_idle_bits_were_changed_is_unreadable() -> None:
    """Base64 of 20 bytes has two bits more than it needs: of four texts that say the same encoders write one."""
    header = f"SOA access-key:{soa.sign(SECRET, REQUEST)}"
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = letters.index(header[-2])

    others = [header[:-2] + letters[last ^ idle] + "=" for idle in (1, 2, 3)]

    assert soa.read_authorization(header) is not None
    assert [soa.read_authorization(each) for each in others] == [None] * 3


def test_every_single_changed_bit_is_refused() -> None:
    header = f"access-key:{soa.sign(SECRET, REQUEST)}".encode()

    for at in range(8 * len(header)):
        changed = bytearray(header)
        changed[at // 8] ^= 1 << at % 8
        parts = soa.read_authorization("SOA " + changed.decode("latin-1"))
        known = [SECRET] if parts and parts[0] == "access-key" else []
        assert parts is None or not soa.verify(known, REQUEST, parts[1]), bytes(changed)
