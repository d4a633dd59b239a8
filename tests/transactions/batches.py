"""What tests ask for in a batch, and what is there afterwards."""

from typing import Any

from sqlalchemy import func, select

from spiff.catalogue.compiled import Compiled
from spiff.transactions.store import designs, transactions
from spiff.web.routing import Services

PATH = "/api/batchtransactions"


def step(shop: Compiled, title: str, workflow: int = 0) -> str:
    """A step's name by its title."""
    return next(each.step_name for each in shop.workflows[workflow].workflow.steps if each.step_title == title)


def variant(shop: Compiled, option: str, name: str, workflow: int = 0) -> str:
    """A variant's id by names."""
    options = shop.workflows[workflow].workflow.options
    return next(v.id for o in options if o.name == option for v in o.variants if v.name == name)


def wanted(shop: Compiled, name: str = "Grace", **more: Any) -> dict[str, Any]:
    """One card with a pattern, which is mandatory, and a name."""
    pattern = {"name": step(shop, "Pattern"), "data": {"pictureVariantId": variant(shop, "patterns", "More dots")}}
    letters = {"text": name, "fontVariantId": variant(shop, "letters", "Swash"), "color": "#AA0000"}
    return {
        "workflowSlug": "card",
        "integrationProductId": shop.integration_products[0].id,
        "steps": [pattern, {"name": step(shop, "Name"), "data": letters}],
        **more,
    }


def counted(services: Services) -> tuple[int, int]:
    """How many transactions and designs there are."""

    def read(work: Any) -> tuple[int, int]:
        both = (work.connection.execute(select(func.count()).select_from(table)) for table in (transactions, designs))
        first, second = (each.scalar_one() for each in both)
        return first, second

    return services.database.read_now(read)
