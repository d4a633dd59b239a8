import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from spiff.auth.doctor import SignatureRefused
from spiff.merchants.authentication import SignatureCheck
from spiff.merchants.model import Integration, Partner
from spiff.merchants.operations import save_integration, save_partner
from spiff.storage.database import Database
from spiff.web.routing import Services
from tests.auth.test_soa import VECTORS

# The one query of authentication is tested on both databases through the doors (tests/orders).
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOW = datetime(2020, 1, 1, tzinfo=UTC)
GOOD: dict[str, Any] = next(v for v in VECTORS if v["name"] == "SHA-512, path with slash")


@pytest.fixture
def services(services: Services, database_url: str) -> Iterator[Services]:
    """The installation, with its clock stopped and one integration known."""
    database = Database(database_url, clock=lambda: NOW)
    stopped = Services(services.settings, database, services.files, services.rendering, services.intake)
    _save(stopped, enabled=True)
    yield stopped
    database.close()


def _save(services: Services, **members: Any) -> None:
    def write(work: Any) -> None:
        partner = Partner("a" * 8 + "-0000-4000-8000-000000000000", "acme-2", "AUD")
        save_partner(work, partner)
        integration = Integration(
            "b" * 8 + "-0000-4000-8000-000000000000", partner.id, "a", "a", "access-key", ("secret-key",), (), True
        )
        save_integration(work, msgspec.structs.replace(integration, **members))

    services.database.write_now(write)


def _check(services: Services, vector: dict[str, Any], check: SignatureCheck | None = None, **changed: Any) -> Any:
    vector = vector | changed
    path = "/" + vector["path"].removeprefix("/")
    headers = {"authorization": vector["authorization"], "date": vector["date"], "content-type": vector["contentType"]}
    call = (check or SignatureCheck())(services, vector["method"], path, headers, vector["body"].encode())
    return asyncio.run(call)


@pytest.mark.parametrize("vector", [v for v in VECTORS if not v["accepted"]], ids=lambda v: v["name"])
def test_a_wrong_vector_is_refused_with_its_reason_and_no_secret(services: Services, vector: dict[str, Any]) -> None:
    with pytest.raises(SignatureRefused) as refused:
        _check(services, vector)

    refusal = refused.value
    assert refusal.code == vector["reason"]
    assert refusal.status == 401
    assert refusal.headers == {"WWW-Authenticate": "SOA"}
    assert vector["secret"] not in json.dumps([refusal.detail, refusal.extra])
    assert GOOD["authorization"].split(":")[1] not in json.dumps([refusal.detail, refusal.extra])


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["accepted"]], ids=lambda v: v["name"])
def test_an_accepted_vector_is_somebody(services: Services, vector: dict[str, Any]) -> None:
    caller, signature = _check(services, vector)

    assert caller.integration_id == "b" * 8 + "-0000-4000-8000-000000000000"
    assert signature == vector["authorization"].split(":")[1].rstrip("=") + "="


def test_the_doctor_shows_what_was_signed(services: Services) -> None:
    with pytest.raises(SignatureRefused) as refused:
        _check(services, GOOD, body=GOOD["body"] + " ")

    shown = refused.value.extra
    assert shown["bodyBytes"] == len(GOOD["body"]) + 1
    assert set(shown["bodyDigests"]) == {"md5", "sha512"}
    assert shown["stringToSign"].split("\n") == [
        "POST", shown["bodyDigests"]["sha512"], "application/json", GOOD["date"], "/api/v2/orders",
    ]  # fmt: skip
    assert len(shown["acceptedVariants"]) == 4
    assert "line by line" in shown["advice"]


def test_an_unknown_key_looks_like_a_wrong_signature(services: Services) -> None:
    other = GOOD["authorization"].replace(":m", ":n")
    documents = []
    for authorization in (other, other.replace("access-key", "no-key")):
        with pytest.raises(SignatureRefused) as refused:
            _check(services, GOOD, authorization=authorization)
        documents.append((refused.value.code, refused.value.detail, refused.value.extra))

    assert documents[0] == documents[1]


def test_an_unknown_key_takes_as_long_as_a_wrong_signature(services: Services) -> None:
    check = SignatureCheck()
    other = GOOD["authorization"].replace(":m", ":n")
    medians = {}
    for authorization in (other, other.replace("access-key", "no-key")):
        times = []
        for _ in range(200):
            started = time.perf_counter()
            with pytest.raises(SignatureRefused):
                _check(services, GOOD, check, authorization=authorization)
            times.append(time.perf_counter() - started)
        medians[authorization] = statistics.median(times)

    slow, fast = max(medians.values()), min(medians.values())
    assert slow < fast * 1.5


def test_a_disabled_integration_is_nobody(services: Services) -> None:
    _save(services, enabled=False)

    with pytest.raises(SignatureRefused) as refused:
        _check(services, GOOD)

    assert refused.value.code == "signature-wrong"


def test_a_secret_is_looked_up_again_after_a_few_seconds(services: Services, database_url: str) -> None:
    check = SignatureCheck()
    now = [NOW]
    database = Database(database_url, clock=lambda: now[0])
    moving = Services(services.settings, database, services.files, services.rendering, services.intake)
    _check(moving, GOOD, check)

    _save(services, secrets=("new-secret",))
    now[0] = datetime(2020, 1, 1, 0, 0, 10, tzinfo=UTC)

    with pytest.raises(SignatureRefused):
        _check(moving, GOOD, check)
    database.close()
