"""Links by which a design is gone on with, or shown: who makes them, what they open, and how they are taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from spiff.transactions import links, store
from spiff.web.routing import Services
from tests.transactions.conftest import Shopper

NOBODY = "11111111-2222-4333-8444-555555555555"


def make(shopper: Shopper, purpose: str, token: str | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token or shopper.token}"}
    return shopper.client.post(f"/api/transactions/{shopper.id}/links", json={"purpose": purpose}, headers=headers)


def token_of(answer: Any) -> str:
    assert answer.status_code == 201, answer.text
    return str(answer.json()["href"].partition("#")[2])


def follow(shopper: Shopper, purpose: str, token: str) -> Any:
    return shopper.client.get(f"/api/links/{purpose}", headers={"Authorization": f"Bearer {token}"})


def test_a_stranger_makes_no_link(shopper: Shopper, services: Services) -> None:
    answer = shopper.client.post(f"/api/transactions/{shopper.id}/links", json={"purpose": "resume"})

    assert answer.status_code == 401
    assert services.database.read_now(lambda work: store.count_links(work, shopper.id, "resume")) == 0


def test_the_owner_of_another_design_makes_no_link(shopper: Shopper, another: Callable[[], Shopper]) -> None:
    assert make(shopper, "resume", another().token).status_code == 401


def test_a_link_is_for_resuming_or_viewing(shopper: Shopper) -> None:
    assert make(shopper, "own").status_code == 400
    headers = {"Authorization": f"Bearer {shopper.token}"}
    assert shopper.client.delete(f"/api/transactions/{shopper.id}/links/own", headers=headers).status_code == 404


@pytest.mark.parametrize("purpose", ["resume", "view"])
def test_a_link_that_nobody_made_leads_nowhere(shopper: Shopper, purpose: str) -> None:
    assert follow(shopper, purpose, NOBODY).status_code == 404
    assert follow(shopper, purpose, shopper.token).status_code == 404


def test_the_token_stands_behind_the_hash_and_only_its_hash_is_kept(shopper: Shopper, services: Services) -> None:
    href = make(shopper, "resume").json()["href"]

    page, _, token = href.partition("#")
    assert page.endswith("/resume")
    assert len(token) == len(NOBODY)
    kept = services.database.read_now(lambda work: work.connection.execute(select(store.links)).mappings().all())
    assert token not in str(kept)
    assert len(kept) == 1


def test_whoever_resumes_goes_on_as_the_owner(shopper: Shopper) -> None:
    token = token_of(make(shopper, "resume"))

    found = follow(shopper, "resume", token)

    assert found.json()["transactionId"] == shopper.id
    assert found.json()["integrationProductId"] == shopper.product
    assert found.headers["cache-control"] == "no-store"
    assert shopper.patch(shopper.chosen(), token=token).status_code == 200
    assert shopper.complete(token=token).status_code == 200


def test_a_resume_link_opens_no_other_design(shopper: Shopper, another: Callable[[], Shopper]) -> None:
    token = token_of(make(shopper, "resume"))

    assert another().patch({}, token=token).status_code == 401


def test_a_view_link_shows_the_design_and_owns_nothing(shopper: Shopper) -> None:
    shopper.patch(shopper.chosen())
    token = token_of(make(shopper, "view"))

    shown = follow(shopper, "view", token)

    assert shown.status_code == 200
    document = shown.json()
    assert document["finished"] is False
    assert [each["panel"]["name"] for each in document["panels"]]
    assert {"title": "Pattern", "value": "More dots"} in document["choices"]
    assert next(each["value"] for each in document["choices"] if each["title"] == "Name").startswith("Ada, ")
    assert document["currency"] == "AUD"
    assert shopper.id not in shown.text and shopper.token not in shown.text
    assert shopper.patch({}, token=token).status_code == 401
    assert follow(shopper, "resume", token).status_code == 404


def test_a_view_link_of_a_finished_design_shows_what_was_finished(shopper: Shopper) -> None:
    shopper.patch(shopper.chosen())
    token = token_of(make(shopper, "view"))
    before = follow(shopper, "view", token).json()

    shopper.complete()

    after = follow(shopper, "view", token).json()
    assert after["finished"] is True
    assert (after["panels"], after["baseCost"]) == (before["panels"], before["baseCost"])


@pytest.mark.parametrize("purpose", ["resume", "view"])
def test_links_can_be_taken_back(shopper: Shopper, purpose: str) -> None:
    token = token_of(make(shopper, purpose))
    other = "view" if purpose == "resume" else "resume"
    kept = token_of(make(shopper, other))

    headers = {"Authorization": f"Bearer {shopper.token}"}
    gone = shopper.client.delete(f"/api/transactions/{shopper.id}/links/{purpose}", headers=headers)

    assert gone.status_code == 204
    assert follow(shopper, purpose, token).status_code == 404
    assert shopper.patch({}, token=token).status_code == 401
    assert follow(shopper, other, kept).status_code == 200


def test_a_design_has_a_bounded_number_of_links(shopper: Shopper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST_LINKS", 1)
    assert make(shopper, "view").status_code == 201

    refused = make(shopper, "view")

    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-links")
    assert make(shopper, "resume").status_code == 201


def test_the_pages_of_links_are_the_customisers(shopper: Shopper) -> None:
    for page in ("/resume", "/shared"):
        answer = shopper.client.get(page)
        assert answer.status_code == 200
        assert "script-src 'self'" in answer.headers["content-security-policy"]
