"""Completes sample transactions through the platform's public API, as a shopper's browser would. Knows no database."""

import io
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from PIL import Image

NAMES = ("Ada", "Bela", "Chloé", "Dmitri", "Edith", "Fatima", "Grace", "Håkon", "Ines", "Jonas", "Kofi", "Lena", "Mira")
_AT_ONCE = 4


class SampleRefused(Exception):
    """The platform did not take what every shopper may send."""


def complete_samples(base_url: str, product_ids: Sequence[str], count: int) -> list[str]:
    """The ids of `count` finished transactions, spread over the products, with varied names and choices."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        chosen = (product_ids[number % len(product_ids)] for number in range(count))
        return list(threads.map(lambda product, number: _complete(base_url, product, number), chosen, range(count)))


def _complete(base_url: str, product_id: str, number: int) -> str:
    terms = _ask("GET", f"{base_url}/api/integration-products/{product_id}")["terms"]
    created = _ask("POST", f"{base_url}/api/transactions", {"integrationProductId": product_id})
    workflow = _ask("GET", created["workflow"]["href"])["workflow"]
    here = f"{base_url}/api/transactions/{created['id']}"
    owner = {"Authorization": f"Bearer {created['ownerToken']}"}
    answers = _answers(workflow, number) | _photos(workflow, here, owner)
    changed = _ask("PATCH", here, {"answers": answers}, {**owner, "If-Match": '"1"'})
    agreed = {"termsDigest": terms["digest"]} if terms else {}
    _ask("POST", f"{here}/complete", agreed, {**owner, "If-Match": f'"{changed["revision"]}"'})
    return str(created["id"])


def _photos(workflow: dict[str, Any], transaction: str, owner: dict[str, str]) -> dict[str, Any]:
    """A picture of the sample's own for every step that wants one."""
    wanting = [step["stepName"] for step in workflow["steps"] if step["type"] == "Frame" and step.get("mandatory")]
    if not wanting:
        return {}
    sent = _send("POST", f"{transaction}/uploads?name=sample.jpg", _photo(), {**owner, "Content-Type": "image/jpeg"})
    return {name: {"upload": sent["sha256"]} for name in wanting}


@lru_cache(1)
def _photo() -> bytes:
    """Soft colours, large enough to print."""
    side = Image.radial_gradient("L").resize((1800, 1800))
    file = io.BytesIO()
    Image.merge("RGB", (side, side.rotate(90), Image.new("L", side.size, 160))).save(file, "JPEG", quality=90)
    return file.getvalue()


def _answers(workflow: dict[str, Any], number: int) -> dict[str, Any]:
    """An answer for every step that is always shown."""
    options = {option["id"]: option["variants"] for option in workflow["options"]}
    shown = [step for step in workflow["steps"] if not step.get("conditions") and not step.get("silent")]
    answers = {step["stepName"]: _answer(step, options.get(step.get("option"), []), number) for step in shown}
    return {name: answer for name, answer in answers.items() if answer}


def _answer(step: dict[str, Any], variants: list[dict[str, Any]], number: int) -> dict[str, str]:
    # Words keep their default colour, which is not seen on a dark ground.
    fixed = [each["id"] for each in variants if each.get("color") != "#custom" and "dark" not in _tones(each)]
    answer = {"variantId": fixed[number % len(fixed)]} if fixed else {}
    if step["type"] == "Text":
        answer["text"] = NAMES[number % len(NAMES)][: step.get("maxLength", 200)]
    return answer


def _tones(variant: dict[str, Any]) -> list[str]:
    return [each["value"] for each in variant.get("metafields", []) if each["key"] == "tone"]


def _ask(method: str, url: str, content: object = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    body = None if content is None else json.dumps(content).encode()
    return _send(method, url, body, {"Content-Type": "application/json", **(headers or {})})


def _send(method: str, url: str, body: bytes | None, headers: dict[str, str]) -> dict[str, Any]:
    request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - our own platform on this machine
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the same
            document: dict[str, Any] = json.load(answer)
            return document
    except urllib.error.HTTPError as refusal:
        with refusal:
            raise SampleRefused(f"a sample design was refused: {method} {url}: {refusal.read().decode()}") from None
