"""What may be done with print files. Whose they are is known by whoever holds the item; nothing here checks it."""

from collections.abc import Collection, Sequence

from spiff.fulfilment import store
from spiff.fulfilment.model import PrintFile
from spiff.storage.work import Work


def attach_print_files(work: Work, made: Sequence[PrintFile]) -> None:
    """Record the print files of an item, once: the caller has just moved the item to ready and holds its row."""
    store.add_print_files(work, made)


def remove_print_files(work: Work, item_id: str) -> None:
    """Forget an item's print files, because others take their place; their bytes stay where they are."""
    store.remove_print_files(work, item_id)


def list_print_files(work: Work, item_ids: Collection[str]) -> dict[str, list[PrintFile]]:
    """The print files of these items (design.md 5), by item."""
    found: dict[str, list[PrintFile]] = {item_id: [] for item_id in item_ids}
    for each in store.list_print_files(work, item_ids):
        found[each.order_item_id].append(each)
    return found


def list_needed_files(work: Work, digests: Collection[str]) -> set[str]:
    """Which of these files an item of an order has."""
    return store.list_needed_files(work, digests)
