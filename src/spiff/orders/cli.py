"""The commands `spiff orders …`: an operator's hands on orders. Print to people; the work is done elsewhere."""

from functools import partial
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from spiff.auth.caller import Caller, Scope
from spiff.errors import NotFound
from spiff.orders import anchoring, operations, steering, verifying
from spiff.orders.model import OrderItem, PlacedOrder
from spiff.orders.states import HeldReason, Status
from spiff.orders.timeline import Entry
from spiff.settings import load_settings
from spiff.storage.database import Database
from spiff.storage.opening import opened
from spiff.storage.work import Work
from spiff.transactions.agreeing import Agreement

orders = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Orders and their items: look, hold, make again, verify."
)

_OPERATOR = "operator"
Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]
OrderId = Annotated[str, typer.Argument(help="Id of the order, or the shop's own number of it.")]
OneOrder = Annotated[str | None, typer.Argument(help="One order; all, if absent.")]
Anchors = Annotated[
    Path | None, typer.Option(help="File with lines that `spiff orders anchor` printed: compare with each, too.")
]
ItemId = Annotated[str | None, typer.Argument(help="Id of one item; all items, if absent.")]
Reason = Annotated[str, typer.Option(help=f"One of {', '.join(get_args(HeldReason))}.")]


@orders.command("list")
def list_(
    status: Annotated[Status | None, typer.Option(help="Only orders with an item in this state.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
    data: Data = None,
) -> None:
    """List the newest orders."""
    with opened(load_settings(data_dir=data)) as database:
        for placed in database.read_now(lambda work: operations.list_newest(work, status, limit)):
            order = placed.order
            typer.echo(f"{order.created_at:%Y-%m-%d %H:%M} {order.id} {order.external_id or '-':12} {_state(placed)}")


@orders.command()
def show(order: OrderId, data: Data = None) -> None:
    """Show an order, its items, what its products warn of in print, their print files and timelines."""
    settings = load_settings(data_dir=data)
    with opened(settings) as database:
        placed = _found(database, order)
        typer.echo(f"order {placed.order.id}, {placed.order.external_id or 'no number'}: {_state(placed)}")
        agreed = database.read_now(lambda work: operations.list_agreements(_caller(placed), work, placed))
        warned = database.read_now(lambda work: operations.list_preflights(_caller(placed), work, placed))
        files = database.read_now(lambda work: operations.list_print_files(_caller(placed), work, placed))
        for item in placed.items:
            typer.echo(_line(item))
            for line in warned[item.id]:
                typer.echo(f"    preflight, {line.get('stepTitle') or line['stepName']}: {line['detail']}")
            _show_agreement(agreed[item.id])
            for file in files.get(item.id, []):
                typer.echo(
                    f"    {file.panel}.{file.format}, {file.bytes:,} bytes: {settings.base_url}/files/{file.sha256}"
                )
            for each in database.read_now(partial(_timeline, placed=placed, item=item)):
                typer.echo(f"    {each.at:%Y-%m-%d %H:%M:%S} {each.action:18} {each.actor}")


@orders.command()
def anchor(data: Data = None) -> None:
    """Print one line that holds all timelines up to now; keep it elsewhere, for `verify --anchors`."""
    with opened(load_settings(data_dir=data)) as database:
        typer.echo(str(database.read_now(anchoring.make_anchor)))


@orders.command()
def verify(order: OneOrder = None, anchors: Anchors = None, data: Data = None) -> None:
    """Check that timelines are whole and items, states and print files are what they say; exit with 1 if not."""
    kept = [anchoring.read_anchor(line) for line in _lines(anchors)]
    with opened(load_settings(data_dir=data)) as database:
        order_id = _found(database, order).order.id if order else None
        found = database.read_now(lambda work: verifying.verify(work, order_id))
        for each in kept:
            found.faults += [("anchor", fault) for fault in database.read_now(partial(anchoring.faults, anchor=each))]
    for what, fault in found.faults:
        typer.echo(f"{what}: {fault}")
    looked = f"{found.items} items, {found.entries} entries and {found.files} print files checked"
    typer.echo(f"{looked}, {len(found.faults)} faults")
    if found.faults:
        raise typer.Exit(1)


@orders.command()
def hold(order: OrderId, item: ItemId = None, reason: Reason = "merchant", data: Data = None) -> None:
    """Keep items from being made."""
    if reason not in get_args(HeldReason):
        raise typer.BadParameter(f"give one of {', '.join(get_args(HeldReason))}", param_hint="--reason")
    why = cast(HeldReason, reason)
    _steer(lambda *args: steering.hold(*args, reason=why), order, item, data)


def _lines(file: Path | None) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line.strip()] if file else []


def _command(verb: str) -> None:
    def run(order: OrderId, item: ItemId = None, data: Data = None) -> None:
        _steer(steering.VERBS[verb], order, item, data)

    orders.command(verb, help=(steering.VERBS[verb].__doc__ or "").partition(" Raises")[0])(run)


for _verb in ("release", "cancel", "retry", "regenerate", "redeliver", "delivered"):
    _command(_verb)


def _steer(steer: steering.Steer, order: str, item_id: str | None, data: str | None) -> None:
    with opened(load_settings(data_dir=data)) as database:
        placed = _found(database, order)
        chosen = [item.id for item in placed.items if item_id in {None, item.id}]
        if not chosen:
            raise NotFound(f"order {order} has no item {item_id}")

        def do(work: Work) -> list[OrderItem]:
            return [steer(_caller(placed), work, placed.order.id, each, _OPERATOR) for each in chosen]

        for item in database.write_now(do):
            typer.echo(_line(item))


def _show_agreement(agreed: Agreement | None) -> None:
    if agreed is not None:
        link = f" ({agreed.link})" if agreed.link else ""
        typer.echo(f"    agreed to at {agreed.agreed_at:%Y-%m-%d %H:%M:%S}, as the {agreed.stated_by} states:")
        typer.echo(f"      {agreed.text}{link}, SHA-256 {agreed.digest}")


def _timeline(work: Work, placed: PlacedOrder, item: OrderItem) -> list[Entry]:
    return steering.list_timeline(_caller(placed), work, placed.order.id, item.id)


def _found(database: Database, order: str) -> PlacedOrder:
    return database.read_now(lambda work: operations.find_by_any_name(work, order))


def _caller(placed: PlacedOrder) -> Caller:
    """Who runs this on the machine of the installation may do what every integration of it may."""
    return Caller(placed.order.partner_id, placed.order.integration_id, scopes=frozenset(Scope))


def _state(placed: PlacedOrder) -> str:
    return f"{placed.status} (test)" if placed.order.test else placed.status


def _line(item: OrderItem) -> str:
    why = f" ({item.failure or item.held_reason})" if item.failure or item.held_reason else ""
    return f"  item {item.id}: {item.amount} x transaction {item.transaction_id}, {item.status}{why}"
