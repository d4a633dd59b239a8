"""What phase 1 refuses, and that a refusal leaves nothing behind."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from starlette.testclient import TestClient

from spiff.auth.caller import Caller
from spiff.catalogue.compiled import Compiled
from spiff.composing.answers import Answer
from spiff.composing.resources import NO_RESOURCES
from spiff.composing.scene import Scene
from spiff.errors import StaleRevision
from spiff.transactions import operations
from spiff.transactions.designing import Composed
from spiff.transactions.ordering import mark_ordered
from spiff.web.routing import Services
from tests.transactions.conftest import Shopper

_EMPTY = Scene(())


def _codes(answer: Any) -> list[tuple[str, str]]:
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]


def test_an_unknown_product_cannot_be_designed(client: TestClient, shop: Compiled) -> None:
    answer = client.post("/api/transactions", json={"integrationProductId": str(uuid.uuid4())})

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_workflow_of_another_product_is_refused(shopper: Shopper) -> None:
    answer = shopper.begin(workflowId=str(uuid.uuid4()))

    assert answer.status_code == 422
    assert _codes(answer) == [("/workflowId", "unknown-workflow")]


@pytest.mark.parametrize("currency", ["aud", "AUDD", "", "€"])
def test_a_currency_is_three_capital_letters(shopper: Shopper, currency: str) -> None:
    assert shopper.begin(presentmentCurrency=currency).status_code == 422


def test_another_owners_token_changes_nothing(shopper: Shopper, another: Callable[[], Shopper]) -> None:
    answer = shopper.patch(shopper.chosen(), token=another().token)

    assert answer.status_code == 401
    assert shopper.token not in answer.text
    assert shopper.read(owner=True).json()["data"]["answers"] == {}


def test_another_owners_token_finishes_nothing(shopper: Shopper, another: Callable[[], Shopper]) -> None:
    shopper.patch(shopper.chosen())

    assert shopper.complete(token=another().token).status_code == 401
    assert shopper.read().json()["data"]["status"] == "created"


def test_a_wrong_token_does_not_read_answers(shopper: Shopper) -> None:
    headers = {"Authorization": f"Bearer {uuid.uuid4()}"}

    assert shopper.client.get(f"/api/transactions/{shopper.id}", headers=headers).status_code == 401


def test_an_unknown_transaction_is_not_found(shopper: Shopper) -> None:
    for path in ("", "/image", "/panels/front.svg"):
        assert shopper.client.get(f"/api/transactions/{uuid.uuid4()}{path}").status_code == 404
    shopper.id = str(uuid.uuid4())
    assert shopper.patch({}).status_code == 404
    assert shopper.complete().status_code == 404


def test_a_change_must_say_which_revision_it_changes(shopper: Shopper) -> None:
    headers = {"Authorization": f"Bearer {shopper.token}"}

    answer = shopper.client.patch(f"/api/transactions/{shopper.id}", json={"answers": {}}, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (428, "precondition-required")


@pytest.mark.parametrize("value", ["*", '"x"', '"-1"', '"1", "2"', '"' + "9" * 40 + '"'])
def test_if_match_must_hold_one_revision(shopper: Shopper, value: str) -> None:
    headers = {"Authorization": f"Bearer {shopper.token}", "If-Match": value}

    answer = shopper.client.patch(f"/api/transactions/{shopper.id}", json={"answers": {}}, headers=headers)

    assert answer.status_code == 400


def test_a_stale_revision_overwrites_nothing(shopper: Shopper) -> None:
    shopper.patch({shopper.step("Name"): {"text": "Grace"}})

    answer = shopper.patch({shopper.step("Name"): {"text": "Eve"}}, revision=1)

    assert (answer.status_code, answer.json()["currentRevision"]) == (412, 2)
    assert shopper.read(owner=True).json()["data"]["answers"][shopper.step("Name")] == {"text": "Grace"}


@pytest.mark.parametrize(
    ("title", "answer", "field", "code"),
    [
        ("Name", {"text": "x" * 21}, "/text", "text-too-long"),
        ("Name", {"text": "x" * 100_000}, "/text", "text-too-long"),
        ("Name", {"text": "漢字"}, "/text", "glyph-missing"),
        ("Name", {"text": "a\nb"}, "/text", "line-break-not-allowed"),
        ("Name", {"variantId": "nonsense"}, "/variantId", "unknown-variant"),
        ("Name", {"variantId": "n" * 5000}, "/variantId", "too-long"),
        ("Name", {"color": "#123456"}, "/color", "color-not-allowed"),
        ("Ground", {"color": "red"}, "/color", "color-not-allowed"),
        ("Pattern", {"text": "x"}, "/text", "field-not-allowed"),
        ("Box", {"variantId": ""}, "/variantId", "unknown-variant"),
    ],
)
def test_a_wrong_answer_is_pointed_at_and_not_stored(
    shopper: Shopper, title: str, answer: dict[str, str], field: str, code: str
) -> None:
    step = shopper.step(title)

    refused = shopper.patch({step: answer, shopper.step("Wish"): {"text": "Good"}})

    assert refused.status_code == 422
    assert (f"/answers/{step}{field}", code) in _codes(refused)
    data = shopper.read(owner=True).json()["data"]
    assert (data["revision"], data["answers"]) == (1, {})


def test_a_refusal_names_the_bare_limit_for_clients_with_words_of_their_own(shopper: Shopper) -> None:
    refused = shopper.patch({shopper.step("Name"): {"text": "x" * 21}})

    (error,) = (each for each in refused.json()["errors"] if each["code"] == "text-too-long")
    assert (error["value"], error["detail"]) == ("20", "the text is too long; most characters: 20")


def test_an_answer_to_an_unknown_step_is_pointed_at(shopper: Shopper) -> None:
    assert _codes(shopper.patch({"a/b~c": {"text": "x"}})) == [("/answers/a~1b~0c", "unknown-step")]


def test_of_two_changes_of_one_revision_only_the_first_is_kept(shopper: Shopper, services: Services) -> None:
    caller, name = Caller(owner_token=shopper.token), shopper.step("Name")
    begin = partial(operations.begin_editing, caller, base_url="", transaction_id=shopper.id, revision=1)
    both = [services.database.read_now(lambda work: begin(work=work)) for _ in range(2)]
    saves = [
        partial(
            operations.save_answers,
            caller,
            editing=each,
            composed=Composed({name: Answer(text=text)}, _EMPTY, (), 0, NO_RESOURCES),
        )
        for each, text in zip(both, ("first", "second"), strict=True)
    ]

    services.database.write_now(lambda work: saves[0](work=work))
    with pytest.raises(StaleRevision):
        services.database.write_now(lambda work: saves[1](work=work))

    assert shopper.read(owner=True).json()["data"]["answers"] == {name: {"text": "first"}}


def test_answers_are_limited_in_number(shopper: Shopper) -> None:
    assert shopper.patch({f"step {index}": {} for index in range(501)}).status_code == 422


@pytest.mark.parametrize("answers", [[], {"x": 7}, {"x": {"svg": "<svg/>"}}, {"x": {"price": 0}}, {"x": {"text": 5}}])
def test_an_answer_of_another_shape_cannot_be_read(shopper: Shopper, answers: Any) -> None:
    assert shopper.patch(answers).status_code == 400


def test_an_unfinished_design_cannot_be_completed(shopper: Shopper) -> None:
    answer = shopper.complete()

    assert answer.status_code == 422
    assert _codes(answer) == [(f"/answers/{shopper.step('Pattern')}/variantId", "mandatory-empty")]
    assert shopper.read().json()["data"]["status"] == "created"


@pytest.mark.parametrize("digest", ["", "xyz", "0" * 63, "g" * 64])
def test_a_scene_digest_is_sixty_four_digits(shopper: Shopper, digest: str) -> None:
    shopper.patch(shopper.chosen())

    assert _codes(shopper.complete({"sceneDigest": digest})) == [("/sceneDigest", "invalid")]


def test_an_ordered_design_is_read_only(shopper: Shopper, services: Services) -> None:
    shopper.patch(shopper.chosen())
    finished = shopper.complete().json()
    services.database.write_now(lambda work: mark_ordered(work, [shopper.id]))

    changed = shopper.patch({shopper.step("Name"): {"text": "Eve"}})

    assert (changed.status_code, changed.json()["code"], changed.json()["currentState"]) == (
        409,
        "already-ordered",
        "ordered",
    )
    assert shopper.complete().json() == finished
    assert shopper.read().json()["data"]["status"] == "ordered"


def test_there_is_no_picture_before_the_design_is_finished(shopper: Shopper) -> None:
    assert shopper.client.get(f"/api/transactions/{shopper.id}/image").status_code == 404
    assert [link["href"] for link in shopper.read().json()["links"]] == ["", ""]


def test_a_panel_that_is_not_there_is_not_found(shopper: Shopper) -> None:
    assert shopper.client.get(f"/api/transactions/{shopper.id}/panels/nothing.svg").status_code == 404


def test_a_page_session_of_an_unknown_product_is_not_kept(client: TestClient, shop: Compiled) -> None:
    body = {"id": str(uuid.uuid4()), "integrationProductId": str(uuid.uuid4())}

    assert client.post("/api/page-sessions", json=body).status_code == 404
