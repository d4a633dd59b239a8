"""Design a mug through the public API and order it with a signed request. Python's standard library only.

Run it while `make demo` runs: `python examples/place_order.py [platform] [access key] [secret] [integration product]`.
Without arguments it reads them from `demo-data/demo.json`, which the demo leaves there.
"""

import base64
import hashlib
import hmac
import json
import sys
import urllib.request
import uuid
from email.utils import formatdate
from pathlib import Path
from typing import Any


def call(method: str, url: str, body: Any = None, **headers: str) -> Any:
    """Send JSON and read JSON. `headers` are written with underscores for dashes."""
    content = json.dumps(body).encode() if body is not None else None
    named = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, content, named, method=method)  # noqa: S310 - the address is the caller's own
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
        return json.load(answer)


def design(platform: str, integration_product: str) -> str:
    """What a shopper's browser does: start, choose, finish. Returns the transaction id that a cart keeps."""
    begun = call("POST", f"{platform}/api/transactions", {"integrationProductId": integration_product})
    owner = {"Authorization": f"Bearer {begun['ownerToken']}"}
    workflow = call("GET", begun["workflow"]["href"])["workflow"]
    text_step = next(step["stepName"] for step in workflow["steps"] if step["type"] == "Text")
    here = f"{platform}/api/transactions/{begun['id']}"
    changed = call("PATCH", here, {"answers": {text_step: {"text": "Ada"}}}, If_Match='"1"', **owner)
    call("POST", f"{here}/complete", {}, If_Match=f'"{changed["revision"]}"', **owner)
    return str(begun["id"])


def order(platform: str, key: str, secret: str, transaction: str) -> Any:
    """What a shop's server does after payment: one signed request."""
    body = {"externalId": f"example-{uuid.uuid4()}", "orderItems": [{"transactionId": transaction, "amountToOrder": 1}]}
    date = formatdate(usegmt=True)
    digest = hashlib.sha512(json.dumps(body).encode()).hexdigest()
    signed = "\n".join(["POST", digest, "application/json", date, "/api/v2/orders"])
    signature = base64.b64encode(hmac.digest(secret.encode(), signed.encode(), "sha1")).decode()
    return call("POST", f"{platform}/api/v2/orders", body, Date=date, Authorization=f"SOA {key}:{signature}")


def main(arguments: list[str]) -> None:
    """Order one mug and print the platform's answer."""
    if not arguments:
        if not (left := Path("demo-data/demo.json")).exists():
            sys.exit(f"There is no {left} here: start `make demo` in this folder first, or give all four arguments.")
        demo = json.loads(left.read_text("utf-8"))
        arguments = [demo["baseUrl"], demo["accessKey"], demo["secret"], demo["products"][0]["integrationProductId"]]
    platform, key, secret, integration_product = arguments
    print(json.dumps(order(platform, key, secret, design(platform, integration_product)), indent=2))  # noqa: T201 - its output


if __name__ == "__main__":
    main(sys.argv[1:])
