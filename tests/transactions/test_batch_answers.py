"""One design of a batch: what a server may answer its steps with, and what it is told of them."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spiff.catalogue.compiled import Compiled
from spiff.transactions.headless import SentStep, read_answers
from spiff.web.routing import Services
from tests.transactions.batches import PATH, counted, step, variant, wanted
from tests.transactions.conftest import Shopper
from tests.transactions.servers import Server
from tests.transactions.test_uploads import photo, send

CAPITALS = "5F0C11AA-0D1E-4B7B-9F62-2C2B6A1B9E10"


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

        assert answer.status_code == 200, answer.text
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
