"""The example shop as a web application: its pages, its cart and the way of an order. Read this first.

What makes it a shop with customised products is little: a script on the product page (static/product.js), one request
to price a finished design (`add_to_cart`), and one signed request that orders what was paid (orders.py).
"""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from . import pages
from .cart import new_checkout, new_line, refresh_changed, reprice
from .guard import Guard
from .orders import OrderSender
from .platform import Platform, PlatformAway, PlatformRefused
from .prices import Prices
from .store import Order, Store

_COOKIE = "visitor"
_YEAR_SECONDS = 365 * 24 * 3600
_LONGEST_NUMBER = 16
_NO_PAGE = "This page is not in our shop, or not any more."


@dataclass(frozen=True)
class Shop:
    """What every page needs."""

    platform: Platform
    prices: Prices
    store: Store
    sender: OrderSender
    product_ids: tuple[str, ...]

    def products(self) -> list[dict[str, Any]]:
        """The products on sale, as the platform describes them now, or described them last while it is away."""
        return [product for each in self.product_ids if (product := self.find_product(each))]

    def find_product(self, product_id: str) -> dict[str, Any] | None:
        """One product on sale."""
        if product_id not in self.product_ids:
            return None
        try:
            product = self.platform.product(product_id)
        except PlatformAway:
            return self.store.find_product(product_id)
        except PlatformRefused:
            return None
        self.store.keep_product(product)
        return product


def create_shop(platform: Platform, product_ids: tuple[str, ...], data: Path) -> Starlette:
    """The shop as an ASGI application. `data` is the folder of its own memory."""
    store = Store(data / "shop.db")
    shop = Shop(platform, Prices(platform.base_url), store, OrderSender(platform, store), product_ids)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        shop.sender.start()
        yield
        shop.sender.stop()

    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, platform_url=platform.base_url)],
        exception_handlers={HTTPException: _said_no, PlatformAway: _platform_away},
        lifespan=lifespan,
    )
    app.state.shop = shop
    return app


# ---- pages


def product_list(request: Request) -> Response:
    """All products."""
    return _page(request, "Made for one, in our own workshop", pages.product_list(_shop(request).products()))


def product_page(request: Request) -> Response:
    """One product and its button, or, with `?embedded=1`, the customiser inside the page."""
    shop, wanted = _shop(request), request.path_params["slug"]
    product = next((each for each in shop.products() if pages.slug(each) == wanted), None)
    if product is None:
        raise HTTPException(404, "We have no such product.")
    embedded = request.query_params.get("embedded") == "1"
    base_url = shop.platform.base_url
    scripts = pages.product_scripts(base_url, "embedded" if embedded else "product")
    content = pages.product_page(product, base_url, embedded=embedded)
    return _page(request, product["name"], content, scripts)


def cart_page(request: Request) -> Response:
    """The visitor's cart. `?changed=` and the like name the lines to look at again, and why."""
    checkout, lines = _shop(request).store.cart(_visitor(request))
    notices = {transaction_id: what for what, transaction_id in request.query_params.multi_items()}
    scripts = pages.product_scripts(_shop(request).platform.base_url, "cart")
    return _page(request, "Your cart", pages.cart_page(checkout, lines, notices), scripts)


def order_page(request: Request) -> Response:
    """One order, followed by static/order.js."""
    order = _order(request)
    content = pages.order_page(order, _platform_order(_shop(request), order))
    return _page(request, f"Order {order.external_id}", content, pages.own_script("order"))


def order_progress(request: Request) -> Response:
    """The part of that page that changes."""
    order = _order(request)
    return HTMLResponse(pages.order_progress(order, _platform_order(_shop(request), order)))


def order_list(request: Request) -> Response:
    """The visitor's orders."""
    return _page(request, "Your orders", pages.order_list(_shop(request).store.orders_of(_visitor(request))))


def healthz(_request: Request) -> Response:
    """The shop is up."""
    return PlainTextResponse("ok")


# ---- what changes something


async def add_to_cart(request: Request) -> Response:
    """Take the `transactionId` of a finished design from the product page; ask the platform for price and picture."""
    wanted = await _json(request)
    visitor = _visitor(request) or secrets.token_urlsafe(24)
    answer = await run_in_threadpool(_add, _shop(request), visitor, wanted)
    answer.set_cookie(_COOKIE, visitor, max_age=_YEAR_SECONDS, httponly=True, samesite="lax")
    return answer


def _add(shop: Shop, visitor: str, wanted: dict[str, Any]) -> JSONResponse:
    try:
        design = shop.platform.finished_design(str(wanted.get("transactionId", "")))
        shop.prices.learn_keys()
    except PlatformRefused as refusal:
        return JSONResponse({"problem": f"This design cannot be sold: {refusal}."}, 422)
    except PlatformAway:
        return JSONResponse({"problem": "The workshop does not answer. Your design is safe; please try again."}, 503)
    product = shop.find_product(design.product_id)
    if product is None:
        return JSONResponse({"problem": "This design is of a product that we do not sell."}, 422)
    line = new_line(design, product, wanted.get("exportedData"))
    if not shop.store.add_line(visitor, new_checkout(), line):
        return JSONResponse({"problem": "This design has been ordered already."}, 409)
    # It may have been in the cart before, with a quantity of its own.
    reprice(shop.platform, shop.store, visitor, line.transaction_id)
    return JSONResponse({"cart": "/cart"}, 201)


async def change_line(request: Request) -> Response:
    """Another quantity; 0, or the button Remove, takes the line away."""
    form, shop = await _form(request), _shop(request)
    store, visitor, transaction_id = shop.store, _visitor(request), request.path_params["id"]
    quantity = 0 if "remove" in form else _whole(form.get("quantity", ""))
    if quantity == 0:
        await run_in_threadpool(store.remove_line, visitor, transaction_id)
    elif quantity > 0 and not await run_in_threadpool(store.set_quantity, visitor, transaction_id, quantity):
        return RedirectResponse(_look_at({transaction_id: "few"}), 303)
    elif quantity > 0:
        await run_in_threadpool(reprice, shop.platform, store, visitor, transaction_id)
    return RedirectResponse("/cart", 303)


async def pay(request: Request) -> Response:
    """Pretend to take money, keep the order, then tell the platform. Pressed twice, it is still one order."""
    form = await _form(request)
    amount = _whole(form.get("amount", ""))
    address = await run_in_threadpool(_pay, _shop(request), _visitor(request), form.get("checkout", ""), amount)
    return RedirectResponse(address, 303)


def _pay(shop: Shop, visitor: str, checkout: str, amount: int) -> str:
    if happened := refresh_changed(shop.platform, shop.prices, shop.store, visitor):
        return _look_at(happened)
    number = shop.store.pay(visitor, checkout, amount)
    if number is None:
        return "/cart"
    # From here on the order is on our disk. Should anything fail now, the sender tells the platform later.
    shop.sender.send_soon(number)
    return f"/orders/{number}"


# ---- small parts


def _look_at(happened: dict[str, str]) -> str:
    """The cart's address, with what happened to which of its lines."""
    query = urlencode([(what, transaction_id) for transaction_id, what in happened.items()])
    return f"/cart?{query}#line-{next(iter(happened))}"


def _routes() -> list[Route | Mount]:
    get: list[tuple[str, Callable[..., Any]]] = [
        ("/", product_list),
        ("/products/{slug}", product_page),
        ("/cart", cart_page),
        ("/orders", order_list),
        ("/orders/{number:int}", order_page),
        ("/orders/{number:int}/progress", order_progress),
        ("/healthz", healthz),
    ]
    post: list[tuple[str, Callable[..., Any]]] = [("/cart", add_to_cart), ("/cart/{id}", change_line), ("/pay", pay)]
    return [
        *(Route(path, endpoint, methods=["GET"]) for path, endpoint in get),
        *(Route(path, endpoint, methods=["POST"]) for path, endpoint in post),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]


def _shop(request: Request) -> Shop:
    shop: Shop = request.app.state.shop
    return shop


def _visitor(request: Request) -> str:
    return request.cookies.get(_COOKIE, "")


def _order(request: Request) -> Order:
    """The order of this address, for the visitor who placed it; nobody else learns that it exists."""
    order = _shop(request).store.find_order(request.path_params["number"])
    if order is None or not secrets.compare_digest(order.visitor.encode(), _visitor(request).encode()):
        raise HTTPException(404, "There is no such order in this browser. It may have been placed in another.")
    return order


def _platform_order(shop: Shop, order: Order) -> dict[str, Any] | None:
    if not order.platform_id:
        return None
    try:
        return shop.platform.order(order.platform_id)
    except (PlatformAway, PlatformRefused):
        return None


def _page(request: Request, title: str, content: pages.Html, scripts: pages.Html = pages.Html("")) -> Response:  # noqa: B008 - immutable
    _, lines = _shop(request).store.cart(_visitor(request))
    return HTMLResponse(pages.page(title, content, pieces=sum(line.quantity for line in lines), scripts=scripts))


async def _form(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))


def _whole(text: str) -> int:
    """The number that was written; -1 where none was."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER else -1


async def _json(request: Request) -> dict[str, Any]:
    try:
        wanted = await request.json()
    except ValueError:
        wanted = None
    if not isinstance(wanted, dict):
        raise HTTPException(400, "The request was not understood.")
    return wanted


async def _said_no(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    status = failure.status_code
    heading = "We could not find that" if status == 404 else "That did not work"
    # What routes themselves refuse has a standard's words, not ours.
    ours = status in {400, 404} and failure.detail != HTTPStatus(status).phrase
    text = failure.detail if ours else _NO_PAGE if status == 404 else "Please go back to the shop and try again."
    answer = await run_in_threadpool(_page, request, heading, pages.message_page(heading, text))
    answer.status_code = status
    return answer


async def _platform_away(request: Request, _failure: Exception) -> Response:
    content = pages.message_page("One moment, please", "The workshop does not answer just now. Please try again.")
    answer = await run_in_threadpool(_page, request, "One moment", content)
    answer.status_code = 503
    return answer
