"""The keys of signed prices: one for all processes, exchanged without breaking a token that was given out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from spiff.cli import commands
from spiff.pricing import operations
from spiff.pricing.model import Price
from spiff.pricing.tokens import PriceTokenRefused, Subject, new_key
from spiff.storage.database import Database
from spiff.storage.migrating import migrate
from spiff.storage.work import Work

SUBJECT = Subject("http://platform", "integration", "transaction", "d" * 64)
PRICE = Price(2, "AUD", 1250, 2500)


class Clock:
    """The time, for tests to set."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def token(database: Database) -> str:
    """A token of the first key."""
    database.write_now(operations.ensure_key)
    return database.read_now(lambda work: operations.issue_token(work, SUBJECT, PRICE))


def _ids(database: Database) -> list[str]:
    return [key["kid"] for key in database.read_now(operations.list_public_keys)]


def test_processes_that_start_together_have_one_key(database_url: str) -> None:
    both = [Database(database_url) for _ in range(2)]

    for each in both:
        each.write_now(operations.ensure_key)
    ids = [_ids(each) for each in both]
    for each in both:
        each.close()

    assert ids[0] == ids[1]
    assert len(ids[0]) == 1


def test_a_token_of_the_old_key_is_good_after_the_exchange(database: Database, token: str) -> None:
    old = _ids(database)

    new = database.write_now(operations.rotate_key)

    assert _ids(database) == [new, *old]
    assert database.read_now(lambda work: operations.read_token(work, token)).total_amount == 2500
    issued = database.read_now(lambda work: operations.issue_token(work, SUBJECT, PRICE))
    assert jwt.get_unverified_header(issued)["kid"] == new


def test_an_old_key_is_forgotten_when_its_last_token_has_expired(database_url: str) -> None:
    clock = Clock()
    database = Database(database_url, clock=clock)
    database.write_now(operations.ensure_key)
    issued = database.read_now(lambda work: operations.issue_token(work, SUBJECT, PRICE))
    new = database.write_now(operations.rotate_key)
    clock.now += operations.TOKEN_LIFETIME + timedelta(seconds=1)

    ids = _ids(database)
    with pytest.raises(PriceTokenRefused, match="no key of ours"):
        database.read_now(lambda work: operations.read_token(work, issued))
    database.close()

    assert ids == [new]


def test_the_public_keys_prove_a_token_and_hold_no_secret(client: TestClient, database: Database) -> None:
    issued = database.read_now(lambda work: operations.issue_token(work, SUBJECT, PRICE))

    answer = client.get("/.well-known/jwks.json")

    (key,) = jwt.PyJWKSet.from_dict(answer.json()).keys
    claims = jwt.decode(issued, key, ["EdDSA"], audience="integration", issuer="http://platform")
    assert (claims["sub"], claims["totalAmount"], claims["currency"]) == ("transaction", 2500, "AUD")
    assert set(answer.json()["keys"][0]) == {"kty", "crv", "x", "kid", "alg", "use"}


def _forged(token: str, what: str, public: str) -> str:
    """A token as somebody would make it who has not our private key."""
    claims = jwt.decode(token, options={"verify_signature": False}) | {"totalAmount": 1}
    header = jwt.get_unverified_header(token)
    kid = {"kid": header["kid"], "typ": header["typ"]}
    head, body, signature = token.split(".")
    other = jwt.PyJWK(new_key("k"))
    made: dict[str, str] = {
        "alg none": jwt.encode(claims, "", "none", kid),
        "HS256 with the public key": jwt.encode(claims, public, "HS256", kid),
        "another key": jwt.encode(claims, other, "EdDSA", kid),
        "an unknown key": jwt.encode(claims, other, "EdDSA", kid | {"kid": "unknown"}),
        "other claims": f"{head}.{jwt.encode(claims, other, 'EdDSA', kid).split('.')[1]}.{signature}",
        "no signature": f"{head}.{body}.",
        "another type": jwt.encode(claims, other, "EdDSA", kid | {"typ": "JWT"}),
        "no text": "\ud800.\udfff",
        "nothing": "..",
        "endless": "a" * 10_000,
    }
    return made[what]


FORGERIES = [
    "alg none", "HS256 with the public key", "another key", "an unknown key", "other claims", "no signature",
    "another type", "no text", "nothing", "endless",
]  # fmt: skip


@pytest.mark.parametrize("what", FORGERIES)
def test_what_we_did_not_sign_is_refused(database: Database, token: str, what: str) -> None:
    (public,) = database.read_now(operations.list_public_keys)

    def read(work: Work) -> None:
        operations.read_token(work, _forged(token, what, public["x"]))

    with pytest.raises(PriceTokenRefused):
        database.read_now(read)


def test_the_command_exchanges_keys(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'spiff.db'}")
    run = CliRunner()

    first = run.invoke(commands, ["prices", "rotate", "--data", str(tmp_path)]).output.strip()
    second = run.invoke(commands, ["prices", "rotate", "--data", str(tmp_path)]).output.strip()
    listed = run.invoke(commands, ["prices", "keys", "--data", str(tmp_path)]).output.split()

    assert listed[:2] == [second, first]
