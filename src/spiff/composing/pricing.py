"""What the selected variants add to the price. Knows no base price, quantity or currency."""

from spiff.composing.answers import Answers
from spiff.composing.selection import selections
from spiff.composing.workflow import Workflow


def options_cost(workflow: Workflow, answers: Answers) -> int:
    """The sum of the price modifiers of all active steps' selected variants, in subunits."""
    active = (each for each in selections(workflow, answers) if each.active)
    return sum(variant.price_modifier for each in active for variant in each.variants)
