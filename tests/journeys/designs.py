"""A shopper's design in the example shop, without a browser, and what the shop's cart shows of it."""

import re

import httpx2 as httpx

from examples.shop.money import price
from tests.journeys.running import RunningDemo


class OwnDesign:
    """A shopper's design of the first product, finished, and open to its owner until it is ordered."""

    def __init__(self, demo: RunningDemo) -> None:
        self._api = f"{demo.ready['baseUrl']}/api"
        product = demo.ready["products"][0]["integrationProductId"]
        created = httpx.post(f"{self._api}/transactions", json={"integrationProductId": product}).json()
        self.id, self._token = str(created["id"]), str(created["ownerToken"])
        workflow = httpx.get(created["workflow"]["href"]).json()["workflow"]
        self._text = next(step for step in workflow["steps"] if step["type"] == "Text")
        self._fonts = next(each for each in workflow["options"] if each["id"] == self._text["option"])["variants"]
        self.write("Amira")

    def write(self, text: str, *, font: str = "") -> None:
        """Change the words, and the font to the one with this name, then finish again."""
        answer = {"text": text}
        if font:
            answer["variantId"] = next(each["id"] for each in self._fonts if each["name"] == font)
        here, owner = f"{self._api}/transactions/{self.id}", {"Authorization": f"Bearer {self._token}"}
        at = httpx.get(here).headers["ETag"]
        change = {"answers": {self._text["stepName"]: answer}}
        changed = httpx.patch(here, json=change, headers={**owner, "If-Match": at}).raise_for_status()
        at = changed.headers["ETag"]
        httpx.post(f"{here}/complete", json={}, headers={**owner, "If-Match": at}).raise_for_status()

    def costs(self) -> str:
        """The price as the shop writes it."""
        told = httpx.get(f"{self._api}/transactions/{self.id}").json()["data"]
        return price(told["baseCost"] + told["optionsCost"], told["currency"])


def shown(visitor: httpx.Client) -> dict[str, str]:
    """What the button Pay of the cart sends."""
    return dict(re.findall(r'name="(checkout|amount)" value="([^"]+)"', visitor.get("/cart").text))
