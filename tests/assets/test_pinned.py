"""The script that shops pin: its address never serves anything else, and it is what /api.js serves today."""

import base64
import hashlib

from starlette.testclient import TestClient


def test_the_pinned_script_is_the_moving_one_with_its_integrity(client: TestClient) -> None:
    told = client.get("/api.json").json()

    script = client.get(told["src"])

    assert script.content == client.get("/api.js").content
    digest = base64.b64encode(hashlib.sha384(script.content).digest()).decode()
    assert told["integrity"] == f"sha384-{digest}"
    assert told["src"] in told["html"] and told["integrity"] in told["html"]


def test_a_browser_may_check_and_keep_it(client: TestClient) -> None:
    script = client.get(client.get("/api.json").json()["src"], headers={"Origin": "https://shop.example"})

    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["access-control-allow-origin"] == "*"
    assert "immutable" in script.headers["cache-control"]
