"""Who may come in with a message signature: what must be covered, what is refused, another implementation's."""

import asyncio
import base64
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms

from spiff.auth import message_signatures
from spiff.auth.doctor import SignatureRefused
from spiff.auth.presented import Presented
from spiff.merchants.authentication import SignatureCheck
from spiff.merchants.model import Integration, Partner
from spiff.merchants.operations import save_integration, save_partner
from spiff.storage.database import Database
from spiff.web.routing import Services
from tests.auth.messages import BASE_URL, BODY, CREATED, KEY, SECRET, signed, unsigned, with_headers

# The one query of authentication is tested on both databases through the doors (tests/orders).
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

MESSAGES: list[dict[str, Any]] = json.loads(Path("fixtures/signatures/messages.json").read_text("utf-8"))["vectors"]


@pytest.fixture
def services(services: Services, database_url: str) -> Iterator[Services]:
    """The installation, with its clock stopped and one integration known."""
    database = Database(database_url, clock=lambda: datetime.fromtimestamp(CREATED, UTC))
    configured = msgspec.structs.replace(services.settings, base_url=BASE_URL)
    stopped = replace(services, settings=configured, database=database)
    _save(stopped)
    yield stopped
    database.close()


def _save(services: Services, **members: Any) -> None:
    def write(work: Any) -> None:
        partner = Partner("a" * 8 + "-0000-4000-8000-000000000000", "acme-2", "AUD")
        save_partner(work, partner)
        integration = Integration(
            "b" * 8 + "-0000-4000-8000-000000000000", partner.id, "a", "a", KEY, (SECRET,), (), True
        )
        save_integration(work, msgspec.structs.replace(integration, **members))

    services.database.write_now(write)


def _check(services: Services, request: Presented) -> Any:
    return asyncio.run(SignatureCheck()(services, request))


def _refusal(services: Services, request: Presented) -> SignatureRefused:
    with pytest.raises(SignatureRefused) as refused:
        _check(services, request)
    return refused.value


def _parameters(request: Presented, old: str, new: str) -> Presented:
    """The request with something else in its Signature-Input, signed as it then stands."""
    text = request.headers["signature-input"].replace(old, new)
    components = [each.strip('"') for each in text[text.index("(") + 1 : text.index(")")].split(" ")]
    parameters = text.partition("=")[2]
    base = message_signatures.signature_base(request, components, parameters, BASE_URL)
    value = base64.b64encode(hmac.digest(SECRET.encode(), base.encode(), "sha256")).decode()
    return with_headers(request, {**request.headers, "signature-input": text, "signature": f"spiff=:{value}:"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (';tag="spiff"', ""),
        (';tag="spiff"', ';tag="other"'),
        (f";created={CREATED}", ""),
        (f"created={CREATED}", f'created="{CREATED}"'),
        (f';keyid="{KEY}"', ""),
        ('alg="hmac-sha256"', 'alg="rsa-pss-sha512"'),
        ('"@method" ', '"@method" "@method" '),
        ('"@method" ', '"@method";req '),
        (';tag="spiff"', ';expires="soon";tag="spiff"'),
    ],
)
def test_what_is_no_signature_of_ours_is_malformed(services: Services, old: str, new: str) -> None:
    assert _refusal(services, _parameters(signed(), old, new)).code == "signature-malformed"


@pytest.mark.parametrize(
    "headers",
    [
        {"signature-input": "spiff=", "signature": "spiff=:AA==:"},
        {"signature-input": "(", "signature": ")"},
        {"signature-input": "a" * 10_000, "signature": "a" * 10_000},
        {"signature-input": signed().headers["signature-input"]},
        {"signature-input": signed().headers["signature-input"], "signature": "other=:AA==:"},
        {"signature-input": signed().headers["signature-input"], "signature": "spiff=:AA==:"},
    ],
)
def test_an_unreadable_signature_is_malformed(services: Services, headers: dict[str, str]) -> None:
    assert _refusal(services, with_headers(unsigned(), headers)).code == "signature-malformed"


def test_two_signatures_of_ours_are_malformed(services: Services) -> None:
    request = signed()
    twice = {name: f"{value}, {value.replace('spiff=', 'other=', 1)}" for name, value in request.headers.items()}

    twice["content-digest"] = request.headers["content-digest"]

    assert _refusal(services, with_headers(request, twice)).code == "signature-malformed"


@pytest.mark.parametrize(
    ("left_out", "missing"),
    [('"@method" ', "@method"), ('"@target-uri" ', "@authority"), (' "content-digest"', "content-digest")],
)
def test_what_must_be_covered_is_named(services: Services, left_out: str, missing: str) -> None:
    refusal = _refusal(services, _parameters(signed(), left_out, ""))

    assert refusal.code == "signature-uncovered"
    assert missing in refusal.extra["uncovered"]


def test_a_query_must_be_covered_and_a_named_header_be_there(services: Services) -> None:
    request = _parameters(signed(unsigned(query=b"a=1")), '"@target-uri"', '"@authority" "@path" "x-absent"')

    assert _refusal(services, request).extra["uncovered"] == ["@query", "x-absent"]


def test_another_body_is_told_apart_by_its_digest(services: Services) -> None:
    refusal = _refusal(services, msgspec.structs.replace(signed(), body=BODY + b" "))

    assert (refusal.code, refusal.extra["bodyBytes"]) == ("content-digest-wrong", len(BODY) + 1)


@pytest.mark.parametrize("seconds", [-901, 901])
def test_a_signature_made_too_long_ago_or_too_early_is_refused(services: Services, seconds: int) -> None:
    request = _parameters(signed(), f"created={CREATED}", f"created={CREATED + seconds}")

    assert _refusal(services, request).code == "date-outside-window"


def test_an_expired_signature_is_refused(services: Services) -> None:
    request = _parameters(signed(), ';tag="spiff"', f';expires={CREATED - 1};tag="spiff"')

    assert _refusal(services, request).code == "date-outside-window"


def test_a_request_for_another_address_is_refused_and_the_doctor_shows_what_was_signed(services: Services) -> None:
    elsewhere = message_signatures.sign(unsigned(), KEY, SECRET, created=CREATED, base_url="https://other.example")

    refusal = _refusal(services, with_headers(unsigned(), elsewhere))

    assert refusal.code == "signature-wrong"
    assert '"@target-uri": https://spiff.example/api/v2/orders' in refusal.extra["signatureBase"]
    assert SECRET not in json.dumps([refusal.detail, refusal.extra])


def test_an_unknown_key_looks_like_a_wrong_secret(services: Services) -> None:
    wrong, unknown = _refusal(services, signed(secret="other")), _refusal(services, signed(key="unknown"))

    assert (wrong.code, wrong.detail) == (unknown.code, unknown.detail)
    assert set(wrong.extra) == set(unknown.extra)


def test_a_switched_off_integration_is_nobody(services: Services) -> None:
    _save(services, enabled=False)

    assert _refusal(services, signed()).code == "signature-wrong"


def test_the_other_scheme_is_refused_where_the_integration_wants_only_this_one(services: Services) -> None:
    _save(services, requires_message_signatures=True)
    body = b'{"externalId":"external-id","autoPrint":false,"orderItems":[]}'
    plain = with_headers(
        unsigned(body=body),
        {
            "authorization": "SOA access-key:mEdovKnRzfNARzC01VtZUj2sMXU=",
            "date": "Wed, 1 Jan 2020 0:0:0 GMT",
            "content-type": "application/json",
        },
    )

    assert _refusal(services, plain).code == "signature-scheme"
    assert _check(services, signed())[0].integration_id.startswith("bbbb")


@pytest.mark.parametrize(
    "request_",
    [
        unsigned(),
        unsigned("GET", "/api/v2/orders/1", b""),
        unsigned("GET", "/api/v2/events", b"", b"after=1&limit=2"),
        unsigned(path="/api/v2/orders/%C3%A4"),
    ],
)
def test_what_our_signer_signs_is_somebody(services: Services, request_: Presented) -> None:
    caller, signature = _check(services, signed(request_))

    assert caller.integration_id == "b" * 8 + "-0000-4000-8000-000000000000"
    assert signature is not None
    assert len(base64.b64decode(signature.partition(":")[2])) == 32


@pytest.mark.parametrize("vector", MESSAGES, ids=lambda vector: vector["name"])
def test_the_shared_vectors_are_somebody(services: Services, vector: dict[str, Any]) -> None:
    path, _, query = vector["url"].removeprefix(BASE_URL).partition("?")
    request = unsigned(vector["method"], path, vector["body"].encode(), query.encode())

    assert _check(services, with_headers(request, vector["headers"]))[0].integration_id.startswith("bbbb")


def test_single_components_and_further_headers_may_be_covered(services: Services) -> None:
    request = signed(unsigned(query=b"a=1"))
    more = with_headers(request, {**request.headers, "idempotency-key": "k"})

    spelled_out = _parameters(more, '"@target-uri"', '"@scheme" "@authority" "@path" "@query" "idempotency-key"')

    assert _check(services, spelled_out)[0].partner_id.startswith("aaaa")


class _Resolver(HTTPSignatureKeyResolver):
    def resolve_private_key(self, key_id: str) -> bytes:
        return {KEY: SECRET.encode()}[key_id]

    def resolve_public_key(self, key_id: str) -> bytes:
        return self.resolve_private_key(key_id)


def test_what_another_implementation_signs_is_somebody(services: Services) -> None:
    sent = requests.Request("POST", f"{BASE_URL}/api/v2/orders?a=1", data=BODY).prepare()
    sent.headers["Content-Digest"] = signed().headers["content-digest"]
    signer = HTTPMessageSigner(signature_algorithm=algorithms.HMAC_SHA256, key_resolver=_Resolver())
    signer.sign(
        sent,
        key_id=KEY,
        created=datetime.fromtimestamp(CREATED, UTC),
        tag="spiff",
        covered_component_ids=("@method", "@target-uri", "content-digest"),
        use_existing_digest=True,
    )
    arrived = unsigned(query=b"a=1")
    headers = {name: str(sent.headers[name]) for name in ("Content-Digest", "Signature-Input", "Signature")}

    assert _check(services, with_headers(arrived, headers))[0].integration_id.startswith("bbbb")
