"""Reads what a product says about all its designs: `overlay`, `profanities`, `preflight`. Knows no step's answers."""

from collections.abc import Iterable
from typing import Any

from spiff.catalogue.compiled import CompiledWorkflow
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import digest_named
from spiff.catalogue.tables import Table, scalar
from spiff.composing.preflight import ADJUSTABLE
from spiff.composing.resources import Level
from spiff.composing.workflow import ProductOverlayStep

LEVELS: dict[str, Level] = {"ignore": "ignore", "warn": "warn", "block": "block"}
_MOST_PROFANITIES = 2000


def read_rules(reading: Reading, table: Table, workflows: Iterable[CompiledWorkflow]) -> dict[str, Any]:
    """The product's members by their names in the model. A workflow with an overlay step needs an overlay."""
    overlay = digest_named(reading, table, "overlay", "picture")
    if not table.has("overlay"):
        for each in workflows:
            if any(isinstance(step, ProductOverlayStep) for step in each.workflow.steps):
                sentence = f'the workflow "{each.row.key}" has an overlay step, so {table.what} needs "overlay"'
                reading.mistakes.add(table.place("workflows"), sentence)
    return {"overlay": overlay, "profanities": _profanities(table), "preflight": _preflight(table)}


def _profanities(table: Table) -> list[str]:
    nodes = table.items("profanities")
    if len(nodes) > _MOST_PROFANITIES:
        table.mistakes.add(table.place("profanities"), f'"profanities" has more than {_MOST_PROFANITIES} words')
    found = (scalar(node, "a word", table.mistakes) for node in nodes)
    return [str(each.value) for each in found if each is not None]


def _preflight(table: Table) -> dict[str, Level]:
    node = table.value("preflight")
    if node is None:
        return {}
    levels = Table(node, '"preflight"', table.mistakes).only(ADJUSTABLE)
    return {code: levels.choice(code, LEVELS) for code in ADJUSTABLE if levels.has(code)}
