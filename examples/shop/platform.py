"""All that this shop asks of the Spiff platform: five requests, two of them signed. Knows no cart and no shopper."""

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin

from .signing import CONTENT_TYPE, signed_headers

_SECONDS = 5.0
_TRY_AGAIN = {401, 403, 408, 425, 429}
"""Refusals that are about the connection or our key rather than about this request."""


class PlatformAway(Exception):
    """No usable answer came. Nothing is known about what happened there: ask again."""


class PlatformRefused(Exception):
    """The platform understood and said no; asking again will not help."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or f"the platform answered {status}"))
        self.status = status
        self.code = str(problem.get("code", ""))


@dataclass(frozen=True)
class Terms:
    """Which design is in force in a transaction, by its address, and what one of so many pieces costs.

    `token` is what the platform signed of it: another one each time, for the same terms.
    """

    design: str
    price_subunits: int
    currency: str
    token: str = field(default="", compare=False)


@dataclass(frozen=True)
class Design:
    """A finished design as the platform knows it. What a browser says about prices is never believed."""

    transaction_id: str
    product_id: str
    terms: Terms
    choices: dict[str, str]
    preview: str


@dataclass(frozen=True)
class Platform:
    """One Spiff platform and our key to it."""

    base_url: str
    access_key: str
    secret: str

    def product(self, product_id: str) -> dict[str, Any]:
        """Name, description, price and picture of a product."""
        return self._ask("GET", f"/api/integration-products/{quote(product_id, safe='')}")

    def finished_design(self, transaction_id: str) -> Design:
        """What a shopper designed. Raises PlatformRefused for an unknown id or an unfinished design."""
        about, links = self._finished(transaction_id)
        design = self._ask("GET", links["design"])
        picture = {link["rel"]: link["href"] for link in design["links"]}.get("image")
        return Design(
            transaction_id=about["id"],
            product_id=about["integrationProductId"],
            terms=_terms(about, links),
            choices=_choices(design),
            # The transaction's own picture is always the latest; this one belongs to the design for good.
            preview=urljoin(f"{self.base_url}/", picture) if picture else "",
        )

    def terms(self, transaction_id: str, quantity: int) -> Terms:
        """What would be made and charged now: the owner may change a finished design until it is ordered."""
        return _terms(*self._finished(transaction_id, f"?quantity={quantity}"))

    def choices(self, design: str) -> dict[str, str]:
        """What a design says of itself. The design at an address never changes."""
        return _choices(self._ask("GET", design))

    def place_order(self, number: str, items: list[tuple[str, int, str]]) -> dict[str, Any]:
        """Order finished designs, so many of each, at the price its token promised; refused where it is another now.

        The same number again answers the same order, so this may be repeated safely.
        """
        ordered = [
            {"transactionId": transaction_id, "amountToOrder": quantity, "priceToken": token or None}
            for transaction_id, quantity, token in items
        ]
        return self._ask(
            "POST", "/api/v2/orders", {"externalId": number, "paid": True, "orderItems": ordered}, sign=True
        )

    def order(self, order_id: str) -> dict[str, Any]:
        """How far an order is, with its print files."""
        return self._ask("GET", f"/api/v2/orders/{quote(order_id, safe='')}", sign=True)

    def _finished(self, transaction_id: str, query: str = "") -> tuple[dict[str, Any], dict[str, str]]:
        answer = self._ask("GET", f"/api/transactions/{quote(transaction_id, safe='')}{query}")
        links = {link["rel"]: link["href"] for link in answer["links"]}
        if not links.get("design"):
            raise PlatformRefused(409, {"detail": "this design is not finished yet", "code": "design-unfinished"})
        return answer["data"], links

    def _ask(self, method: str, path: str, content: object = None, *, sign: bool = False) -> dict[str, Any]:
        body = b"" if content is None else json.dumps(content).encode()
        headers = {"Content-Type": CONTENT_TYPE}
        if sign:
            headers = signed_headers(self.access_key, self.secret, method, path, body)
        address = urljoin(f"{self.base_url}/", path)
        request = urllib.request.Request(address, body or None, headers, method=method)  # noqa: S310 - our own platform
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - our own platform
                document: dict[str, Any] = json.load(answer)
                return document
        except urllib.error.HTTPError as failure:
            raise _refusal(failure) from None
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise PlatformAway(f"{method} {address}: {failure}") from failure


def _terms(about: dict[str, Any], links: dict[str, str]) -> Terms:
    price = about["price"]
    return Terms(links["design"], price["unitAmount"], price["currency"], about["priceToken"])


def _choices(design: dict[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in (design["data"]["metadata"] or {}).items()}


def _refusal(failure: urllib.error.HTTPError) -> Exception:
    with failure:
        try:
            problem = json.load(failure)
        except (OSError, http.client.HTTPException, ValueError):
            problem = {}
    if failure.code >= 500 or failure.code in _TRY_AGAIN:
        return PlatformAway(f"the platform answered {failure.code}: {problem.get('detail', '')}")
    return PlatformRefused(failure.code, problem)
