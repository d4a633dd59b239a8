"""Designs that a server has made: who may, what is refused and leaves nothing, and what is made."""

import json
import re
from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from starlette.testclient import TestClient

from spiff.catalogue.compiled import Compiled
from spiff.jobs.worker import Worker
from spiff.orders.tasks import handlers
from spiff.transactions import batch_rest
from spiff.transactions.batch import MOST_TRANSACTIONS
from spiff.transactions.headless import SentStep, read_answers
from spiff.transactions.store import designs, transactions
from spiff.web.routing import Services
from tests.catalogue import everything, small
from tests.orders.shops import open_shop
from tests.transactions.conftest import Shopper
from tests.transactions.servers import Server
from tests.transactions.test_uploads import photo, send

PATH = "/api/batchtransactions"
CAPITALS = "5F0C11AA-0D1E-4B7B-9F62-2C2B6A1B9E10"


@pytest.fixture
def server(client: TestClient, services: Services, shop: Compiled) -> Server:
    """The server of the shop with the small catalogue."""
    return Server(client, services, shop)


def step(shop: Compiled, title: str, workflow: int = 0) -> str:
    """A step's name by its title."""
    return next(each.step_name for each in shop.workflows[workflow].workflow.steps if each.step_title == title)


def variant(shop: Compiled, option: str, name: str, workflow: int = 0) -> str:
    """A variant's id by names."""
    options = shop.workflows[workflow].workflow.options
    return next(v.id for o in options if o.name == option for v in o.variants if v.name == name)


def wanted(shop: Compiled, name: str = "Grace", **more: Any) -> dict[str, Any]:
    """One card with a pattern, which is mandatory, and a name."""
    pattern = {"name": step(shop, "Pattern"), "data": {"pictureVariantId": variant(shop, "patterns", "More dots")}}
    letters = {"text": name, "fontVariantId": variant(shop, "letters", "Swash"), "color": "#AA0000"}
    return {
        "workflowSlug": "card",
        "integrationProductId": shop.integration_products[0].id,
        "steps": [pattern, {"name": step(shop, "Name"), "data": letters}],
        **more,
    }


def counted(services: Services) -> tuple[int, int]:
    """How many transactions and designs there are."""

    def read(work: Any) -> tuple[int, int]:
        both = (work.connection.execute(select(func.count()).select_from(table)) for table in (transactions, designs))
        first, second = (each.scalar_one() for each in both)
        return first, second

    return services.database.read_now(read)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"secret": "another"}, "signature-wrong"),
        ({"key": "nobody"}, "signature-wrong"),
        ({"sent": b'{"transactions": []}'}, "signature-wrong"),
        ({"late_by_seconds": -3600}, "date-outside-window"),
        ({"late_by_seconds": 3600}, "date-outside-window"),
    ],
)
def test_a_batch_that_is_not_rightly_signed_makes_nothing(
    server: Server, services: Services, changed: dict[str, Any], code: str
) -> None:
    answer = server.post(PATH, {"transactions": [wanted(server.shop)]}, **changed)

    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert counted(services) == (0, 0)


def test_another_merchants_product_is_not_found(server: Server, services: Services) -> None:
    other = open_shop(services).integration_product.id

    answer = server.post(PATH, {"transactions": [wanted(server.shop, integrationProductId=other)]})

    problem = answer.json()["content"][0]["problem"]
    assert (problem["status"], problem["code"]) == (404, "not-found")
    assert problem["errors"][0]["pointer"] == "/transactions/0/integrationProductId"
    assert counted(services) == (0, 0)


def test_more_than_the_limit_is_refused_as_a_whole(server: Server, services: Services) -> None:
    answer = server.post(PATH, {"transactions": [wanted(server.shop)] * (MOST_TRANSACTIONS + 1)})

    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-transactions")
    assert answer.json()["limit"] == MOST_TRANSACTIONS
    assert counted(services) == (0, 0)


def test_more_batches_than_there_is_room_for_are_to_be_sent_again(server: Server, services: Services) -> None:
    with ExitStack() as busy:
        for _ in range(batch_rest.MOST_BATCHES):
            busy.enter_context(batch_rest.ROOM.taken())
        refused = server.post(PATH, {"transactions": [wanted(server.shop)]})
    made = server.post(PATH, {"transactions": [wanted(server.shop)]})

    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert "retry-after" in refused.headers
    assert "data" in made.json()["content"][0]
    assert counted(services) == (1, 1)


def test_a_body_without_transactions_cannot_be_read(server: Server) -> None:
    answer = server.post(PATH, {"designs": []})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")


def _spoilt(shop: Compiled) -> dict[str, tuple[dict[str, Any], str, str, str]]:
    """By name: what is sent, the problem's code, the pointer of its error, and the error's code."""
    name = step(shop, "Name")

    def with_step(at: str, data: dict[str, Any]) -> dict[str, Any]:
        first = wanted(shop)["steps"][0]
        return wanted(shop, steps=[first, {"name": at, "data": data}])

    second = "/transactions/0/steps/1"
    nobody = "00000000-0000-4000-8000-000000000000"
    return {
        "workflow": (
            wanted(shop, workflowSlug="poster"),
            "invalid",
            "/transactions/0/workflowSlug",
            "unknown-workflow",
        ),
        "step": (with_step(nobody, {"text": "x"}), "invalid", f"{second}/name", "unknown-step"),
        "step twice": (
            wanted(shop, steps=wanted(shop)["steps"] + wanted(shop)["steps"][:1]),
            "invalid",
            "/transactions/0/steps/2/name",
            "duplicate",
        ),
        "member": (with_step(name, {"txt": "Ada"}), "invalid", f"{second}/data", "wrong-type"),
        "type": (with_step(name, {"text": 5}), "invalid", f"{second}/data", "wrong-type"),
        "asset": (with_step(name, {"assetUrl": 5}), "invalid", f"{second}/data", "wrong-type"),
        "another step's member": (with_step(name, {"x": 1}), "invalid", f"{second}/data", "field-not-allowed"),
        "too long": (with_step(name, {"text": "x" * 21}), "invalid", f"{second}/data", "text-too-long"),
        "far too long": (with_step(name, {"text": "x" * 10_001}), "invalid", f"{second}/data", "text-too-long"),
        "glyph": (with_step(name, {"text": "漢"}), "invalid", f"{second}/data", "glyph-missing"),
        "color": (with_step(name, {"color": "#123456"}), "invalid", f"{second}/data", "color-not-allowed"),
        "variant": (with_step(name, {"fontVariantId": nobody}), "invalid", f"{second}/data", "unknown-variant"),
        "mandatory": (wanted(shop, steps=[]), "invalid", "/transactions/0/steps", "mandatory-empty"),
    }


@pytest.mark.parametrize(
    "name",
    [
        *("workflow", "step", "step twice", "member", "type", "asset", "another step's member"),
        *("too long", "far too long", "glyph", "color", "variant", "mandatory"),
    ],
)
def test_a_design_that_breaks_a_rule_is_told_where_and_leaves_nothing_while_the_next_is_made(
    server: Server, services: Services, name: str
) -> None:
    spoilt, code, pointer, error = _spoilt(server.shop)[name]

    answer = server.post(PATH, {"transactions": [spoilt, wanted(server.shop)]})

    assert answer.status_code == 200
    refused, made = answer.json()["content"]
    assert "data" not in refused
    assert refused["problem"]["code"] == code
    assert refused["problem"]["requestId"] == answer.headers["x-request-id"]
    assert [(each["pointer"], each["code"]) for each in refused["problem"]["errors"]] == [(pointer, error)]
    assert made["data"]["id"]
    assert counted(services) == (1, 1)


@pytest.mark.parametrize("product", ["", "mug", "00000000-0000-4000-8000-000000000000"])
def test_a_product_that_is_none_is_not_found(server: Server, product: str) -> None:
    answer = server.post(PATH, {"transactions": [wanted(server.shop, integrationProductId=product)]})

    assert answer.json()["content"][0]["problem"]["status"] == 404


def test_an_empty_batch_makes_nothing(server: Server) -> None:
    answer = server.post(PATH, {"transactions": []})

    assert (answer.status_code, answer.json()) == (200, {"content": []})


def test_what_a_server_has_made_is_what_a_shopper_would_have_made(
    server: Server, shopper: Shopper, services: Services
) -> None:
    shop = server.shop
    shopper.patch(
        {
            step(shop, "Pattern"): {"variantId": variant(shop, "patterns", "More dots")},
            step(shop, "Name"): {
                "text": "Grace",
                "variantId": variant(shop, "letters", "Swash"),
                "colorVariantId": variant(shop, "inks", "Red"),
            },
        }
    )
    by_hand = shopper.complete().json()

    made = server.post(PATH, {"transactions": [wanted(shop)]}).json()["content"][0]["data"]

    resource = shopper.client.get(f"/api/transactions/{made['id']}").json()
    design = shopper.client.get(resource["links"][0]["href"]).json()
    same = ("baseCost", "optionsCost", "currency", "preflight", "price", "previewImage")
    assert {name: made[name] for name in same} == {name: by_hand[name] for name in same}
    assert resource["data"]["status"] == "completed"
    assert design["data"]["id"] == made["designId"]
    assert design["data"]["metadata"] == {"Name text": "Grace", "Name color": "Red"}
    assert [link["href"] for link in design["links"]] == [made["previewImage"]]


def test_each_step_tells_its_title_its_variants_and_what_they_cost(server: Server) -> None:
    shop = server.shop
    box = {"name": step(shop, "Box"), "data": {"answerVariantId": variant(shop, "box", "Box")}}

    sent = wanted(shop, steps=[*wanted(shop)["steps"], box])
    made = server.post(PATH, {"transactions": [sent]}).json()["content"][0]["data"]

    assert made["optionsCost"] == 600
    assert made["exportedData"] == {
        step(shop, "Ground"): {"stepTitle": "Ground", "selections": ["Sand"], "selectionPriceModifiers": [0]},
        step(shop, "Pattern"): {"stepTitle": "Pattern", "selections": ["More dots"], "selectionPriceModifiers": [50]},
        step(shop, "Name"): {
            "stepTitle": "Name",
            "selections": ["Swash"],
            "selectionPriceModifiers": [100],
            "text": "Grace",
            "color": "Red",
        },
        step(shop, "Box"): {"stepTitle": "Box", "selections": ["Box"], "selectionPriceModifiers": [450]},
        step(shop, "Wish"): {
            "stepTitle": "Wish",
            "selections": ["Script"],
            "selectionPriceModifiers": [0],
            "text": "Love",
            "color": "#000000",
        },
    }


def test_designs_come_back_in_the_order_they_were_asked_for(server: Server) -> None:
    names = [f"Name {number}" for number in range(30)]

    answer = server.post(PATH, {"transactions": [wanted(server.shop, name) for name in names]})

    made = [each["data"] for each in answer.json()["content"]]
    assert [each["exportedData"][step(server.shop, "Name")]["text"] for each in made] == names
    assert len({each["id"] for each in made}) == len(names)


def test_what_was_not_begun_in_time_is_to_be_sent_again(
    server: Server, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_rest, "LONGEST_SECONDS", 0.0)

    answer = server.post(PATH, {"transactions": [wanted(server.shop)] * 3})

    assert {each["problem"]["code"] for each in answer.json()["content"]} == {"unavailable"}
    assert counted(services) == (0, 0)


def test_what_was_made_is_ordered_with_its_price_and_printed_like_any_other(server: Server, services: Services) -> None:
    made = server.post(PATH, {"transactions": [wanted(server.shop)]}).json()["content"][0]["data"]
    line = {"transactionId": made["id"], "amountToOrder": 1, "priceToken": made["priceToken"]}

    ordered = server.post("/api/v2/orders", {"orderItems": [line]})

    assert ordered.status_code == 201
    assert ordered.json()["orderItems"][0]["price"] == made["price"]
    assert Worker(services, handlers).drain() == 1
    again = server.post("/api/v2/orders", {"orderItems": [line]}).json()
    assert (again["status"], {each["format"] for each in again["orderItems"][0]["printFiles"]}) == (
        "ready",
        {"pdf", "png"},
    )


def test_the_workflow_may_be_named_by_its_id_or_left_to_the_product(server: Server) -> None:
    by_id, none = wanted(server.shop, workflowSlug=server.shop.workflows[0].row.id), wanted(server.shop)
    del none["workflowSlug"]

    answer = server.post(PATH, {"transactions": [by_id, none]})

    assert all("data" in each for each in answer.json()["content"])


def test_the_path_of_the_first_draft_is_served_too(server: Server) -> None:
    answer = server.post("/transactions", {"transactions": [wanted(server.shop)]})

    assert "data" in answer.json()["content"][0]


@pytest.fixture
def every(client: TestClient, services: Services) -> Server:
    """The server of a shop that sells a product with every step type."""
    sold = (
        everything.TEXT.replace("too-low: block", "too-low: warn")
        + "    soldThrough:\n      - {integration: shop, externalProductId: EVERY}\n"
    )
    return Server(client, services, small.apply(services, sold, everything.write)[0])


def of_every(shop: Compiled) -> tuple[int, str]:
    """Where the workflow with every step type is, and the integration product."""
    at = next(n for n, each in enumerate(shop.workflows) if each.row.key == "every")
    return at, next(each.id for each in shop.integration_products if each.external_product_id == "EVERY")


def test_every_step_type_can_be_answered(every: Server, services: Services) -> None:
    shop = every.shop
    at, sold = of_every(shop)
    shopper = Shopper(every.client, shop)
    shopper.begin()
    picture = send(shopper, photo(900, 600)).json()

    def said(title: str, **data: Any) -> dict[str, Any]:
        return {"name": step(shop, title, at), "data": data}

    def called(option: str, name: str) -> str:
        return variant(shop, option, name, at)

    steps = [
        said("photo", frameVariantId=called("shapes", "round"), assetUrl=picture["address"], scale=1.2, x=0.1, y=0),
        said("leaf", illustrationVariantId=called("leaves", "leaf"), colors={"#1f5c4d": "#aa0000"}),
        said("meadow", patchworkVariantId=called("meadows", "leaf"), seed=7),
        said("spot", colorVariantId=called("spots", "gold")),
        said("letters", text="ba"),
        said("code", assetUrl="https://film.example/1"),
        said("chair", modelVariantId=called("chairs", "chair")),
        said("wood", materialVariantId=called("woods", "oak")),
        said("extras", answerVariantIds=[called("box", "Box"), called("box", "No box")]),
        said("care"),
        said("arch", text="Grace"),
        said("down", text="Up"),
    ]

    terms = every.client.get(f"/api/integration-products/{sold}").json()["terms"]["digest"]
    wished = {"integrationProductId": sold, "steps": steps, "termsDigest": terms}
    answer = every.post(PATH, {"transactions": [wished]}).json()["content"][0]

    assert "problem" not in answer, json.dumps(answer, indent=1)
    exported = answer["data"]["exportedData"]
    assert exported[step(shop, "letters", at)]["text"] == "ba"
    assert exported[step(shop, "extras", at)]["selections"] == ["No box", "Box"]
    assert {each["code"] for each in answer["data"]["preflight"]} >= {"resolution-too-low"}
    design = every.client.get(f"/api/designs/{answer['data']['designId']}").json()["data"]["metadata"]
    assert design["photo image"] == picture["address"]
    assert design["leaf colors"].upper().startswith("RED")


def test_a_web_address_without_https_makes_the_code_of_the_whole_one(every: Server) -> None:
    at, sold = of_every(every.shop)
    code = step(every.shop, "code", at)
    terms = every.client.get(f"/api/integration-products/{sold}").json()["terms"]["digest"]
    wished = [
        {"integrationProductId": sold, "termsDigest": terms, "steps": [{"name": code, "data": {"assetUrl": address}}]}
        for address in ("film.example/1", "https://film.example/1", "ada@film.example")
    ]

    bare, whole, mail = every.post(PATH, {"transactions": wished}).json()["content"]

    assert bare["data"]["previewImage"] == whole["data"]["previewImage"]
    assert mail["problem"]["errors"][0]["code"] == "url-not-allowed"


MEMBERS = [
    *("text", "color", "colors", "assetUrl", "scale", "x", "y", "seed", "url", "upload", "placement", "variantIds"),
    *("variantId", "fontVariantId", "illustrationVariantId", "answerVariantId", "answerVariantIds", "colorVariantId"),
    *("frameVariantId", "pictureVariantId", "patchworkVariantId", "materialVariantId", "modelVariantId", "nonsense"),
]
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["#aa0000", "#1F5C4D", "/files/" + "0" * 64, "https://film.example/1", "\0", "\ud800", "Ada"])
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)


def test_no_data_of_a_step_makes_the_server_fail(every: Server) -> None:
    at, sold = of_every(every.shop)
    titles = [each.step_title for each in every.shop.workflows[at].workflow.steps]
    ids = st.sampled_from([v.id for o in every.shop.workflows[at].workflow.options for v in o.variants])
    data = st.dictionaries(st.sampled_from(MEMBERS), VALUES | ids, max_size=4)
    steps = st.lists(st.tuples(st.sampled_from(titles), data), max_size=5)

    @settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(steps)
    def ask(drawn: list[tuple[str, dict[str, Any]]]) -> None:
        sent = [{"name": step(every.shop, title, at), "data": data} for title, data in drawn]

        answer = every.post(PATH, {"transactions": [{"integrationProductId": sold, "steps": sent}]})

        # A half of a surrogate pair is no Unicode: such a body cannot be read at all.
        assert answer.status_code == 200 or "\\ud" in json.dumps(sent), answer.text
        for each in answer.json().get("content", []):
            assert "data" in each or each["problem"]["status"] < 500, (sent, each)

    ask()


def _only(server: Server, sent: dict[str, Any]) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = server.post(PATH, {"transactions": [sent]}).json()["content"]
    return content


def test_ids_are_known_whatever_the_case_of_their_letters(server: Server, shop: Compiled) -> None:
    sent = wanted(shop, "Ada", workflowSlug=shop.workflows[0].row.id.upper())
    for each in sent["steps"]:
        each["name"] = each["name"].upper()
        each["data"] = {key: each["data"][key].upper() for key in each["data"]}

    (made,) = _only(server, sent)

    assert made["data"]["exportedData"][step(shop, "Name")]["text"] == "ADA"
    assert made["data"]["exportedData"][step(shop, "Pattern")]["selections"] == ["More dots"]


def test_only_what_holds_ids_is_written_as_ours_are(every: Server) -> None:
    at, _ = of_every(every.shop)
    name = {title: step(every.shop, title, at) for title in ("leaf", "extras", "arch")}
    sent = [
        SentStep(name["leaf"], {"colors": {"#1F5C4D": CAPITALS}}),
        SentStep(name["extras"], {"answerVariantIds": [CAPITALS]}),
        SentStep(name["arch"], {"text": CAPITALS, "fontVariantId": CAPITALS}),
    ]

    read = read_answers(every.shop.workflows[at].workflow, sent, re.compile("nothing"))

    assert read[name["leaf"]].colors == {"#1F5C4D": CAPITALS.lower()}
    assert read[name["extras"]].variant_ids == (CAPITALS.lower(),)
    assert (read[name["arch"]].text, read[name["arch"]].variant_id) == (CAPITALS, CAPITALS.lower())


def test_no_colours_of_php_are_none(every: Server) -> None:
    at, _ = of_every(every.shop)
    leaf = step(every.shop, "leaf", at)

    read = read_answers(every.shop.workflows[at].workflow, [SentStep(leaf, {"colors": []})], re.compile("nothing"))

    assert read[leaf].colors == {}


@pytest.mark.parametrize("nothing", [None, []])
def test_a_step_without_data_has_its_defaults(server: Server, shop: Compiled, nothing: Any) -> None:
    """PHP writes an object without members as an empty list."""
    sent = wanted(shop)
    sent["steps"][1]["data"] = nothing

    (made,) = _only(server, sent)

    assert "data" in made


def test_a_design_without_steps_is_told_what_it_lacks(server: Server, shop: Compiled) -> None:
    (made,) = _only(server, wanted(shop, steps=None))

    assert [each["code"] for each in made["problem"]["errors"]] == ["mandatory-empty"]
