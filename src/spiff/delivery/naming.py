"""What files are called where they go. Pure."""

from spiff.fulfilment.model import PrintFile
from spiff.fulfilment.names import safe_name
from spiff.orders.model import Deliverable


def file_name(template: str, found: Deliverable, file: PrintFile) -> str:
    """The name by a channel's template; what comes from shops cannot leave the folder."""
    item, order = found.item, found.order
    values = {
        "order": order.external_id or order.id,
        "position": str(item.position + 1),
        "product": found.product_name,
        "panel": file.panel,
        "quantity": str(item.amount),
        "id": item.id,
        "format": file.format,
    }
    return template.format_map({name: safe_name(value) for name, value in values.items()})
