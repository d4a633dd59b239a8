"""Reads the `curves` of a text step: SVG path data as anybody draws it, normalised to what composing reads."""

import yaml

from spiff.assets.svg.limits import Purse
from spiff.assets.svg.pathdata import read_path_data
from spiff.assets.svg.refusals import SvgRefused
from spiff.catalogue.mistakes import Mistakes
from spiff.catalogue.tables import Table, scalar
from spiff.composing.curves import curve_of

MOST_CHARACTERS = 10_000
"""Of one curve's path data, as it is written."""


def read_curves(table: Table, regions: int) -> tuple[str, ...]:
    """The curves as absolute M, L, Q and C (arcs, shorthands and relative commands are turned into them)."""
    nodes = table.items("curves")
    if len(nodes) > max(regions, 1):
        sentence = f"there are {len(nodes)} curves but {regions} regions; a step has at most one for each"
        table.mistakes.add(table.place("curves"), sentence)
    if table.has("curves") and not nodes:
        table.mistakes.add(table.place("curves"), '"curves" needs at least one curve; without it text is straight')
    return tuple(_curve(table.mistakes, node) for node in nodes)


def _curve(mistakes: Mistakes, node: yaml.Node) -> str:
    written = scalar(node, "a curve", mistakes)
    if written is None:
        return ""
    if len(written.value) > MOST_CHARACTERS:
        mistakes.add(node, f"a curve has at most {MOST_CHARACTERS} characters; simplify it in the drawing program")
        return ""
    try:
        d = read_path_data(written.value, Purse()).written()
    except SvgRefused as refusal:
        mistakes.add(node, f'a curve must be SVG path data such as "M0 50 Q100 0 200 50": {refusal.detail}')
        return ""
    if curve_of(d) is None:
        mistakes.add(node, "this curve has no length, so no text can stand on it")
    return d
