import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from spiff.auth.doctor import SignatureRefused
from spiff.auth.presented import Presented
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
    presented = Presented(vector["method"], path, headers, vector["body"].encode())
    call = (check or SignatureCheck())(services, presented)
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
    assert signature is not None
    assert signature.partition(":")[2] == vector["authorization"].split(":")[1].rstrip("=") + "="


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


def test_an_unknown_key_costs_the_work_of_a_wrong_signature(services: Services) -> None:
    """Counted, not timed: every call into C that hashes or compares, one by one."""
    check = SignatureCheck()
    other = GOOD["authorization"].replace(":m", ":n")
    work = []
    for authorization in (other, other.replace("access-key", "no-key")):
        _refused(services, check, authorization)  # what is remembered of a key or a secret is no part of it
        with _counted() as calls:
            _refused(services, check, authorization)
        work.append(calls)

    assert work[0]["compare_digest"] == 8  # two secrets, two digests, two ways to write the path
    assert work[0] == work[1]


def _refused(services: Services, check: SignatureCheck, authorization: str) -> None:
    with pytest.raises(SignatureRefused):
        _check(services, GOOD, check, authorization=authorization)


@contextmanager
def _counted() -> Iterator[Counter[str]]:
    """How often functions in C with the names of hashing and comparing are called in this thread."""
    calls: Counter[str] = Counter()

    def note(_frame: Any, event: str, called: Any) -> None:
        if event == "c_call" and called.__name__ in {"compare_digest", "copy", "update", "digest", "hexdigest"}:
            calls[called.__name__] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)


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
