"""What the selected variants add to the price. Knows no base price, quantity or currency."""

from .model import Answers, Workflow
from .selection import selected, selections


def options_cost(workflow: Workflow, answers: Answers) -> int:
    """The sum of the price modifiers of all active steps' selected variants, in subunits."""
    return sum(variant.price_modifier for _, variant in selected(selections(workflow, answers)))
