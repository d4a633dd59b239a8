"""The jobs that orders promise. Knows their names and payloads, not how they are done."""

from spiff.jobs.model import enqueue
from spiff.orders.model import OrderItem
from spiff.storage.work import Work

RENDER_PRINT_FILES = "orders.render_print_files"
SEND_OUT = "orders.send_out"


def render_print_files(work: Work, item: OrderItem) -> None:
    """Promise the print files of an item, in the transaction that makes it due."""
    enqueue(work, RENDER_PRINT_FILES, item.partner_id, item_id=item.id, turn=str(item.turn))


def send_out(work: Work, item: OrderItem, *, asked: bool = False) -> None:
    """Promise that an item's files go where its product says; `asked` for, also where they do not by themselves."""
    enqueue(work, SEND_OUT, item.partner_id, item_id=item.id, turn=str(item.turn), asked="yes" if asked else "")
