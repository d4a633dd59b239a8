"""The shop's own memory: products, carts and orders in one SQLite file. Knows no platform and no page.

Every write is one transaction that is on the disk when the call returns. A paid order is therefore never forgotten, and
an order number is never given out twice.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS products (id TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS carts (visitor TEXT PRIMARY KEY, checkout TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cart_lines (
  visitor TEXT NOT NULL, transaction_id TEXT NOT NULL, quantity INTEGER NOT NULL, item TEXT NOT NULL,
  PRIMARY KEY (visitor, transaction_id));
CREATE TABLE IF NOT EXISTS orders (
  number INTEGER PRIMARY KEY AUTOINCREMENT, checkout TEXT NOT NULL UNIQUE, visitor TEXT NOT NULL, state TEXT NOT NULL,
  platform_id TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', placed_at TEXT NOT NULL DEFAULT (datetime()));
CREATE TABLE IF NOT EXISTS order_lines (
  transaction_id TEXT PRIMARY KEY, number INTEGER NOT NULL REFERENCES orders,
  quantity INTEGER NOT NULL, item TEXT NOT NULL);
INSERT OR IGNORE INTO sqlite_sequence (name, seq) SELECT 'orders', 1000
  WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'orders');
"""

_FIND_CART = "SELECT * FROM cart_lines NATURAL JOIN carts WHERE visitor = ? AND checkout = ? ORDER BY cart_lines.rowid"
_KEEP_LINE = """
INSERT INTO cart_lines VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET item = excluded.item, quantity = max(quantity, excluded.quantity)
"""
_DROP_ORDERED = """
DELETE FROM cart_lines WHERE visitor = ? AND transaction_id IN (SELECT transaction_id FROM order_lines)
"""

_MOST_PIECES = 999


@dataclass(frozen=True)
class Line:
    """One design in a cart or an order. Prices are subunits for one piece, as the platform told them.

    `design` is the address of the design that was shown; the transaction may have another one by now.
    """

    transaction_id: str
    quantity: int
    product_id: str
    name: str
    price_subunits: int
    currency: str
    choices: dict[str, str]
    preview: str
    design: str = ""
    least: int = 1
    """The fewest pieces that are made of this product."""
    token: str = ""
    """What the platform signed of this price."""

    @property
    def most(self) -> int:
        """The most pieces that one line takes."""
        return max(self.least, _MOST_PIECES)


@dataclass(frozen=True)
class Order:
    """A paid order. `state`: paid (the platform has yet to hear of it), placed, refused (somebody has to look)."""

    number: int
    visitor: str
    state: str
    platform_id: str
    reason: str
    lines: list[Line]

    @property
    def external_id(self) -> str:
        """The number under which the platform knows this order."""
        return f"KC-{self.number}"


class Store:
    """All tables, in the file at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        _make_private(path)
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(_TABLES)

    def keep_product(self, product: dict[str, Any]) -> None:
        """Remember a product, so that the shop stays open while the platform is away."""
        with self._transaction() as work:
            work.execute("REPLACE INTO products VALUES (?, ?)", (product["id"], json.dumps(product)))

    def find_product(self, product_id: str) -> dict[str, Any] | None:
        """The product as last heard of."""
        with self._transaction() as work:
            row = work.execute("SELECT document FROM products WHERE id = ?", (product_id,)).fetchone()
        return json.loads(row["document"]) if row else None

    def add_line(self, visitor: str, checkout: str, line: Line) -> bool:
        """Put a design into the cart, or what it is now in place of what it was. False when it has been ordered.

        `checkout` is a new id each time: a cart page from before this cannot be paid.
        """
        with self._transaction() as work:
            ordered = "SELECT 1 FROM order_lines WHERE transaction_id = ?"
            if work.execute(ordered, (line.transaction_id,)).fetchone():
                return False
            work.execute("REPLACE INTO carts VALUES (?, ?)", (visitor, checkout))
            work.execute(_KEEP_LINE, (visitor, line.transaction_id, line.quantity, _item(line)))
            return True

    def cart(self, visitor: str) -> tuple[str, list[Line]]:
        """The checkout's id, which makes paying twice the same as paying once, and the lines."""
        with self._transaction() as work:
            cart = work.execute("SELECT checkout FROM carts WHERE visitor = ?", (visitor,)).fetchone()
            lines = work.execute("SELECT * FROM cart_lines WHERE visitor = ? ORDER BY rowid", (visitor,)).fetchall()
        return (cart["checkout"] if cart else ""), [_line(row) for row in lines]

    def set_quantity(self, visitor: str, transaction_id: str, quantity: int) -> bool:
        """Change how many pieces, up to the most; False, and nothing changes, for fewer than the product's least."""
        here = (visitor, transaction_id)
        with self._transaction() as work:
            row = work.execute("SELECT * FROM cart_lines WHERE visitor = ? AND transaction_id = ?", here).fetchone()
            if row is None:
                return True
            line = _line(row)
            if quantity < line.least:
                return False
            change = "UPDATE cart_lines SET quantity = ? WHERE visitor = ? AND transaction_id = ?"
            work.execute(change, (min(quantity, line.most), *here))
            return True

    def set_price(self, visitor: str, line: Line) -> None:
        """Keep what a line costs now, if it still has this quantity."""
        with self._transaction() as work:
            change = "UPDATE cart_lines SET item = ? WHERE visitor = ? AND transaction_id = ? AND quantity = ?"
            work.execute(change, (_item(line), visitor, line.transaction_id, line.quantity))

    def remove_line(self, visitor: str, transaction_id: str) -> None:
        """Take a design out of the cart."""
        with self._transaction() as work:
            remove = "DELETE FROM cart_lines WHERE visitor = ? AND transaction_id = ?"
            work.execute(remove, (visitor, transaction_id))

    def pay(self, visitor: str, checkout: str, amount_subunits: int) -> int | None:
        """Turn the cart into a paid order and answer its number; the same checkout again answers the same number.

        None when the cart is not the one that was shown: another tab changed it, or ordered one of its designs.
        """
        with self._transaction() as work:
            find = "SELECT number FROM orders WHERE checkout = ? AND visitor = ?"
            if paid := work.execute(find, (checkout, visitor)).fetchone():
                return int(paid["number"])
            work.execute(_DROP_ORDERED, (visitor,))
            rows = work.execute(_FIND_CART, (visitor, checkout)).fetchall()
            if not rows or total_subunits([_line(row) for row in rows]) != amount_subunits:
                return None
            return _keep_order(work, visitor, checkout, rows)

    def find_order(self, number: int) -> Order | None:
        """The order with this number."""
        return next(iter(self._orders("number = ?", number)), None)

    def orders_of(self, visitor: str) -> list[Order]:
        """A visitor's orders, the latest first."""
        return self._orders("visitor = ?", visitor)

    def orders_to_send(self) -> list[Order]:
        """Paid orders that the platform has not confirmed."""
        return self._orders("state = ?", "paid")

    def mark_placed(self, number: int, platform_id: str) -> None:
        """The platform has the order."""
        with self._transaction() as work:
            work.execute("UPDATE orders SET state = 'placed', platform_id = ? WHERE number = ?", (platform_id, number))

    def mark_refused(self, number: int, reason: str) -> None:
        """The platform will not take the order."""
        with self._transaction() as work:
            work.execute("UPDATE orders SET state = 'refused', reason = ? WHERE number = ?", (reason, number))

    def _orders(self, where: str, value: object) -> list[Order]:
        with self._transaction() as work:
            orders = work.execute(f"SELECT * FROM orders WHERE {where} ORDER BY number DESC", (value,)).fetchall()  # noqa: S608 - `where` is ours
            find = "SELECT * FROM order_lines WHERE number = ? ORDER BY rowid"
            lines = {row["number"]: work.execute(find, (row["number"],)).fetchall() for row in orders}
        return [
            Order(
                number=row["number"],
                visitor=row["visitor"],
                state=row["state"],
                platform_id=row["platform_id"],
                reason=row["reason"],
                lines=[_line(line) for line in lines[row["number"]]],
            )
            for row in orders
        ]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=15, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection


def total_subunits(lines: list[Line]) -> int:
    """What all lines cost together."""
    return sum(line.quantity * line.price_subunits for line in lines)


def _make_private(path: Path) -> None:
    """Who bought what is for the shop alone. SQLite gives the files beside the database the same mode."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    for each in path.parent.glob(f"{path.name}*"):
        each.chmod(0o600)


def _keep_order(work: sqlite3.Connection, visitor: str, checkout: str, rows: list[sqlite3.Row]) -> int | None:
    add = "INSERT INTO orders (checkout, visitor, state) VALUES (?, ?, 'paid')"
    number = work.execute(add, (checkout, visitor)).lastrowid
    for row in rows:
        values = (row["transaction_id"], number, row["quantity"], row["item"])
        work.execute("INSERT INTO order_lines VALUES (?, ?, ?, ?)", values)
    work.execute("DELETE FROM cart_lines WHERE visitor = ?", (visitor,))
    work.execute("DELETE FROM carts WHERE visitor = ?", (visitor,))
    return number


def _item(line: Line) -> str:
    known = {"transaction_id", "quantity"}
    return json.dumps({name: value for name, value in vars(line).items() if name not in known})


def _line(row: sqlite3.Row) -> Line:
    return Line(transaction_id=row["transaction_id"], quantity=row["quantity"], **json.loads(row["item"]))
