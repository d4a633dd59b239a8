"""Which prices the small shop believes: asked of a server that signs whatever it likes with the key it shows."""

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from spiff.pricing.model import Price
from spiff.pricing.tokens import Subject, new_key, public_part, sign_price
from tests.receiver import Exchange, Received, Receiver, receiving

ROOT = Path(__file__).parents[2]
KEY = new_key("one")
ASK = """
import { Platform } from "./examples/small-shop/spiff.mjs";
const platform = new Platform({ address: process.argv[1], product: "mug", webhookSecret: "" });
const said = await platform.line("design").then(({ price }) => price, (refused) => refused.message);
console.log(JSON.stringify(said));
"""


@pytest.fixture
def platform() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


def _token(address: str, **changed: Any) -> str:
    subject = {"issuer": address, "integration_id": "ours", "transaction_id": "design", "design_digest": "0" * 64}
    lifetime = changed.pop("lifetime", timedelta(hours=1))
    price = Price(quantity=2, currency="AUD", unit_amount=1225, total_amount=2450)
    return sign_price(KEY, Subject(**subject | changed), price, now=datetime.now(UTC), lifetime=lifetime)


def _believed(platform: Receiver, **changed: Any) -> object:
    """What the shop makes of a design whose price token says something else."""
    address = platform.url.removesuffix("/hook")
    data = {"priceToken": _token(address, **changed), "integrationProductId": "mug", "productName": "Mug"}
    documents = {
        "/api/transactions/design": {"data": data, "links": [{"rel": "design", "href": "/api/designs/1"}]},
        "/api/designs/1": {"data": {"metadata": {}}},
        "/api/integration-products/mug": {"id": "mug", "integration": {"id": "ours", "name": "A shop"}},
        "/.well-known/jwks.json": {"keys": [public_part(KEY)]},
    }

    def answer(exchange: Exchange, received: Received) -> None:
        exchange.answer(200, json.dumps(documents[received.path]).encode())

    platform.behave(answer)
    command = ["node", "--input-type=module", "-e", ASK, address]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)


def test_a_price_that_was_promised_to_this_shop_is_believed(platform: Receiver) -> None:
    assert _believed(platform) == {"quantity": 2, "currency": "AUD", "unitAmount": 1225, "totalAmount": 2450}


@pytest.mark.parametrize(
    "changed",
    [
        {"integration_id": "another"},
        {"issuer": "https://another.example"},
        {"transaction_id": "another"},
        {"lifetime": timedelta(seconds=-1)},
    ],
    ids=["aud", "iss", "sub", "exp"],
)
def test_a_price_that_was_promised_otherwise_is_not(platform: Receiver, changed: dict[str, Any]) -> None:
    assert _believed(platform, **changed) == "this price is not the platform's price of this design"
