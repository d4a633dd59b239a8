"""Reads the `when` of a step or a panel: which step must have which variant, or a variant with which property."""

import yaml

from spiff.catalogue.reading.options import read_metafields
from spiff.catalogue.reading.reading import ReadOption
from spiff.catalogue.reading.steps.within import WorkflowReading
from spiff.catalogue.tables import Table, pairs, refer
from spiff.composing.workflow import Condition, Metafield


def read_conditions(within: WorkflowReading, table: Table) -> tuple[Condition, ...]:
    """All conditions of a step or a panel; each looks at a step that was read before."""
    node = table.value("when")
    if node is None:
        return ()
    found = (_condition(within, table, *pair) for _, pair in pairs(node, '"when"', within.reading.mistakes))
    return tuple(each for each in found if each is not None)


def _condition(within: WorkflowReading, table: Table, name: yaml.Node, wanted: yaml.Node) -> Condition | None:
    mistakes = within.reading.mistakes
    if name.value in within.names and name.value not in within.steps:
        mistakes.add(name, f'a condition can only look at earlier steps, and "{name.value}" is not above this one')
        return None
    target = refer(name, within.steps, "step", mistakes)
    if target is None or not target.is_known:
        return None
    if target.option is None:
        mistakes.add(name, f'nothing is chosen in the step "{name.value}", so a condition cannot look at it')
        return None
    if isinstance(wanted, yaml.MappingNode):
        properties = _properties(table, wanted, target.option)
        return Condition(target.step.step_name, required_variant_metafields=properties)
    nodes = wanted.value if isinstance(wanted, yaml.SequenceNode) else [wanted]
    variants = [refer(each, target.option.variants, "variant", mistakes) for each in nodes]
    if not nodes:
        mistakes.add(wanted, "a condition needs at least one variant")
    return Condition(target.step.step_name, tuple(each for each in variants if each is not None))


def _properties(table: Table, node: yaml.Node, option: ReadOption) -> tuple[Metafield, ...]:
    known = {each for variant in option.option.variants for each in variant.metafields}
    read = read_metafields(table, node, "a condition")
    if not read:
        table.mistakes.add(node, "a condition needs at least one property of a variant")
    for each, place in read:
        if each not in known:
            table.mistakes.add(place, f'no variant of this step has "{each.key}: {each.value}" in its "metafields"')
    return tuple(each for each, _ in read)
