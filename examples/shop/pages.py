"""Fills the templates. Every value is escaped unless it is Html that was made here. Knows no request and no table."""

import html
from pathlib import Path
from string import Template
from typing import Any

from .money import digits_of, price
from .store import Line, Order, total_subunits

_FOLDER = Path(__file__).parent / "templates"
_TEMPLATES = {path.stem: Template(path.read_text("utf-8")) for path in _FOLDER.glob("*.html")}

_STEPS = ("Paid", "In the workshop", "Print files", "Ready to print")
_PROGRESS = {"received": 2, "rendering": 2, "ready": 4, "delivering": 4, "delivered": 4, "held": 2, "failed": 2}
_SENTENCES = {
    "received": "The workshop has your order and is about to make its print files.",
    "rendering": "The workshop is making your print files.",
    "ready": "Everything is ready to print.",
    "delivering": "Your print files are on their way to the printer.",
    "delivered": "Your print files are at the printer.",
    "held": "The workshop is holding this order and will be in touch.",
    "failed": "Something went wrong with the print files. The workshop has been told.",
}
_NOTICES = {
    "changed": "This design changed since you put it in the cart. Please look again.",
    "gone": "This design cannot be ordered any more. Please remove it.",
}
_ASPECTS = ("selection", "text", "color", "colors", "stroke", "image")
_TOLD_AS = {"image": "your own picture"}
"""Aspects of a choice whose value is nothing to read: the address of an upload."""
_LEAST = ("failed", "held", "received", "rendering", "ready", "delivering", "delivered")
"""Item states, the one that says most about the whole order first."""


class Html(str):
    """Text that is safe to put into a page as it is."""


def fill(template: str, **values: Any) -> Html:
    """The template `templates/{template}.html` with `$name` replaced by each value, escaped."""
    return Html(_TEMPLATES[template].substitute({name: _escaped(value) for name, value in values.items()}))


def join(parts: list[Html]) -> Html:
    """One piece of page after the other."""
    return Html("\n".join(parts))


def page(title: str, content: Html, *, pieces: int, scripts: Html = Html("")) -> Html:  # noqa: B008 - immutable
    """A whole page around `content`."""
    unit = _pieces(pieces).split()[-1] if pieces else ""
    return fill("page", title=title, content=content, pieces=pieces or "", unit=unit, scripts=scripts)


def product_list(products: list[dict[str, Any]]) -> Html:
    """The shop window."""
    return fill("products", cards=join([fill("product_card", **_shown(product)) for product in products]))


def product_page(product: dict[str, Any], base_url: str, *, embedded: bool) -> Html:
    """One product with its way to personalise it: over the page, or in the page."""
    template = "product_embedded" if embedded else "product"
    least = _least(product["minimumOrderQuantity"])
    return fill(
        template, id=product["id"], currency=product["currency"], least=least, base_url=base_url, **_shown(product)
    )


def cart_page(checkout: str, lines: list[Line], notices: dict[str, str]) -> Html:
    """The cart, or a kind word where it is empty. `notices` say by transaction what happened to a line."""
    if not lines:
        return fill("cart_empty")
    rows = join([_cart_line(line, notices.get(line.transaction_id, "")) for line in lines])
    amount, count = total_subunits(lines), _pieces(sum(line.quantity for line in lines))
    total = _money(amount, lines[0].currency)
    return fill("cart", lines=rows, total=total, amount=amount, checkout=checkout, count=count)


def order_page(order: Order, document: dict[str, Any] | None) -> Html:
    """A paid order; `document` is what the platform says about it, None while it says nothing."""
    rows = join([fill("order_line", **_shown_line(line)) for line in order.lines])
    total = _money(total_subunits(order.lines), order.lines[0].currency)
    progress = order_progress(order, document)
    return fill("order", number=order.external_id, path=order.number, lines=rows, total=total, progress=progress)


def order_progress(order: Order, document: dict[str, Any] | None) -> Html:
    """The part of the order page that changes while one watches."""
    status = order_status(order, document)
    reached = _PROGRESS.get(status, 1)
    steps = join([fill("step", name=name, state=_step_state(i, reached)) for i, name in enumerate(_STEPS)])
    items = document["orderItems"] if document else []
    names = {line.transaction_id: line.name for line in order.lines}
    files = join([_item_files(names.get(item["transactionId"], ""), item["printFiles"]) for item in items])
    return fill(
        "order_progress",
        status=status,
        steps=steps,
        sentence=_sentence(order, status),
        files=files,
        final=_final(status),
    )


def order_status(order: Order, document: dict[str, Any] | None) -> str:
    """One word for the whole order: paid, refused, or that of the item that is furthest behind."""
    if document is None or not document["orderItems"]:
        return "received" if order.state == "placed" else order.state
    states = {item["status"] for item in document["orderItems"]}
    return next((state for state in _LEAST if state in states), "received")


def order_list(orders: list[Order]) -> Html:
    """A visitor's orders."""
    if not orders:
        return fill("orders_none")
    return fill("orders", rows=join([_order_row(each) for each in orders]))


def _order_row(order: Order) -> Html:
    total = _money(total_subunits(order.lines), order.lines[0].currency)
    return fill("orders_row", path=order.number, number=order.external_id, what=_what(order), total=total)


def message_page(heading: str, text: str) -> Html:
    """A page that only says something."""
    return fill("message", heading=heading, text=text)


def product_scripts(base_url: str, script: str) -> Html:
    """The platform's script and the page's own, which waits for it."""
    return fill("product_scripts", base_url=base_url, script=script)


def own_script(script: str) -> Html:
    """A script of this shop."""
    return fill("own_script", script=script)


def slug(product: dict[str, Any]) -> str:
    """The product's name as it stands in addresses."""
    letters = "".join(character if character.isalnum() else "-" for character in product["name"].lower())
    return "-".join(filter(None, letters.split("-")))


def _cart_line(line: Line, what: str) -> Html:
    text = _least(line.least) if what == "few" else _NOTICES.get(what)
    notice = fill("cart_notice", text=text) if text else Html("")
    return fill("cart_line", notice=notice, least=line.least, most=line.most, **_shown_line(line))


def _least(pieces: int) -> str:
    return f"Minimum order {pieces} pieces." if pieces > 1 else ""


def _money(subunits: int, currency: str) -> Html:
    text, digits = price(subunits, currency), digits_of(currency)
    return fill("money", amount=subunits, currency=currency, digits=digits, text=text)


def _escaped(value: Any) -> str:
    return value if isinstance(value, Html) else html.escape(str(value))


def _pieces(number: int) -> str:
    return "1 piece" if number == 1 else f"{number or 'no'} pieces"


def _shown(product: dict[str, Any]) -> dict[str, Any]:
    return {
        "slug": slug(product),
        "name": product["name"],
        "description": product["description"],
        "price": _money(product["basePrice"], product["currency"]),
        "image": product["imageUrl"] or "/static/no-picture.svg",
    }


def _shown_line(line: Line) -> dict[str, Any]:
    return {
        "id": line.transaction_id,
        "name": line.name,
        "preview": line.preview or "/static/no-picture.svg",
        "quantity": line.quantity,
        "each": _money(line.price_subunits, line.currency),
        "total": _money(line.quantity * line.price_subunits, line.currency),
        "choices": join([_choice(title, values) for title, values in _by_step(line.choices).items()]),
    }


def _by_step(choices: dict[str, str]) -> dict[str, list[str]]:
    """What was chosen by the title of its step. Names are that and an aspect: a text is told before its font."""
    found: dict[str, list[str]] = {}
    for name, value in choices.items():
        title, _, aspect = name.rpartition(" ")
        if value and aspect in _ASPECTS:
            values = found.setdefault(title, [])
            values.insert(0 if aspect == "text" else len(values), _TOLD_AS.get(aspect, value))
        elif value:
            found[name] = [value]
    return found


def _choice(title: str, values: list[str]) -> Html:
    # Each in its own direction of writing.
    told = Html(", ").join(Html(f"<bdi>{html.escape(value)}</bdi>") for value in values)
    return fill("choice", name=title, value=Html(told))


def _step_state(index: int, reached: int) -> str:
    return "done" if index < reached else "now" if index == reached else "later"


def _sentence(order: Order, status: str) -> str:
    if status == "paid":
        return (
            "Thank you! Your order is paid. The workshop has not confirmed it yet; we keep asking, you need do nothing."
        )
    if status == "refused":
        return f"Your order is paid, but the workshop could not take it: {order.reason}. We will be in touch."
    return _SENTENCES.get(status, "The workshop has your order.")


def _final(status: str) -> str:
    return "yes" if status in {"ready", "delivered", "refused", "failed"} else "no"


def _what(order: Order) -> str:
    return ", ".join(f"{line.quantity} × {line.name}" for line in order.lines)


def _item_files(name: str, files: list[dict[str, Any]]) -> Html:
    pictures = {file["panel"]: file["url"] for file in files if file["format"] == "png"}
    cutter = {file["panel"]: fill("cutter_file", url=file["url"]) for file in files if file["format"] == "dxf"}
    sheets = [file for file in files if file["format"] == "pdf"]
    cards = [
        fill(
            "print_file",
            name=name,
            panel=file["panel"],
            url=file["url"],
            picture=pictures.get(file["panel"], "/static/no-picture.svg"),
            kilobytes=f"{file['bytes'] / 1000:,.0f}",
            more=cutter.get(file["panel"], ""),
        )
        for file in sheets
    ]
    return join(cards)
