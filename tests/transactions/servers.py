"""A shop's server that signs what it sends, for the integration of a compiled catalogue."""

import json
from datetime import timedelta
from typing import Any

import httpx2 as httpx
from starlette.testclient import TestClient

from spiff.auth import soa
from spiff.catalogue.compiled import Compiled
from spiff.web.routing import Services


class Server:
    """Signs with the first secret of the catalogue's first integration."""

    def __init__(self, client: TestClient, services: Services, shop: Compiled) -> None:
        self.client = client
        self.services = services
        self.shop = shop
        self.integration = shop.integrations[0]

    def headers(self, body: bytes, path: str, **changed: Any) -> dict[str, str]:
        """The headers of a signed POST."""
        now = self.services.database.clock() + timedelta(seconds=changed.get("late_by_seconds", 0))
        date = now.strftime("%a, %d %b %Y %H:%M:%S GMT")
        request = soa.Signed("POST", path, "application/json", date, body)
        signature = soa.sign(changed.get("secret", self.integration.secrets[0]), request, changed.get("digest", "md5"))
        key = changed.get("key", self.integration.access_key)
        return {"Authorization": f"SOA {key}:{signature}", "Date": date, "Content-Type": "application/json"}

    def post(self, path: str, document: Any, **changed: Any) -> httpx.Response:
        """Sign and send; `sent` replaces the body after it was signed."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        answer: httpx.Response = self.client.post(
            path, content=changed.pop("sent", body), headers=self.headers(body, path, **changed)
        )
        return answer
