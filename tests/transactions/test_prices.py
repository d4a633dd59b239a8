"""What finishing and reading a design say of its price."""

import jwt

from spiff.events.operations import list_events
from spiff.web.routing import Services
from tests.transactions.conftest import Shopper


def test_a_finished_design_has_a_price_and_a_token_that_proves_it(shopper: Shopper) -> None:
    shopper.patch(shopper.chosen())

    told = shopper.complete().json()

    claims = jwt.decode(told["priceToken"], options={"verify_signature": False})
    assert told["price"]["unitAmount"] == told["baseCost"] + told["optionsCost"]
    assert (claims["sub"], claims["totalAmount"], claims["currency"]) == (
        shopper.id, told["price"]["totalAmount"], "AUD",
    )  # fmt: skip
    assert shopper.read().json()["data"]["price"] == told["price"]


def test_an_unfinished_design_has_no_price_token(shopper: Shopper) -> None:
    assert {"price", "priceToken"}.isdisjoint(shopper.read().json()["data"])


def test_another_design_has_another_digest_and_the_first_token_keeps_its_own(shopper: Shopper) -> None:
    shopper.patch(shopper.chosen())
    first = shopper.complete().json()["priceToken"]
    shopper.patch({shopper.step("Pattern"): {"variantId": shopper.variant("patterns", "Dots")}})

    second = shopper.complete().json()["priceToken"]

    digests = [jwt.decode(each, options={"verify_signature": False})["designDigest"] for each in (first, second)]
    assert digests[0] != digests[1]


def test_a_currency_the_page_shows_without_a_rate_is_not_guessed(shopper: Shopper) -> None:
    shopper.begin(presentmentCurrency="EUR")
    shopper.patch(shopper.chosen())

    assert shopper.complete().json()["price"]["currency"] == "AUD"


def test_finishing_is_told_once_for_each_revision(shopper: Shopper, services: Services) -> None:
    shopper.patch(shopper.chosen())
    shopper.complete()
    shopper.complete()

    (told,) = services.database.read_now(list_events)

    assert (told.type, told.subject_id, told.payload["revision"]) == (
        "transaction.completed", shopper.id, shopper.revision,
    )  # fmt: skip
