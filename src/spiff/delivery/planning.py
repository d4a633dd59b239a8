"""Which channels an item's files go to, by the rules of its product. Pure."""

from spiff.catalogue.channels import Delivery, Rule
from spiff.orders.model import Deliverable


def goes_out(delivery: Delivery, found: Deliverable, *, asked: bool) -> bool:
    """Whether the files go now: never of a test, otherwise by themselves, by the order's wish, or by a person's."""
    return not found.order.test and (asked or delivery.auto_print or found.order.auto_print)


def chosen_channels(delivery: Delivery, found: Deliverable) -> list[str]:
    """The channels of all rules that fit, each once."""
    return list(dict.fromkeys(rule.channel_id for rule in delivery.rules if _fits(rule, found)))


def _fits(rule: Rule, found: Deliverable) -> bool:
    amount = found.item.amount
    return (
        (not rule.integration_ids or found.order.integration_id in rule.integration_ids)
        and rule.least <= amount <= (rule.most or amount)
        and (not rule.countries or found.country in rule.countries)
    )
