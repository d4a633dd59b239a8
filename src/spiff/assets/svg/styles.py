"""The style of each element: attributes, style sheet and inheritance joined. Knows no geometry."""

import re
from typing import NamedTuple

from spiff.assets.svg.colors import read_color
from spiff.assets.svg.css import Sheet, local_id, read_declarations
from spiff.assets.svg.refusals import SvgRefused, shown
from spiff.assets.svg.tree import Node
from spiff.assets.svg.vocabulary import BEYOND_PATHS, CLIP, INHERITED, NEUTRAL, NOT_IN_CSS, UNDERSTOOD

SLOT_PREFIX = "spiff-fill-"
"""Classes that name a colour slot (contract/domain.md 7)."""
_SLOT = re.compile(SLOT_PREFIX + "[A-Za-z0-9_-]{1,60}")
_LINE = re.compile(r"spiff-line([_-]?\d+_?)?")
"""A class, or an id: drawing programs write the name of a layer there, and number those that are there already."""
_INITIAL = {
    "clip-rule": "nonzero",
    "color": "black",
    "fill": "black",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "paint-order": "normal",
    "stroke": "none",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-opacity": "1",
    "stroke-width": "1",
    "visibility": "visible",
}
_WORDS = {
    "clip-rule": {"nonzero", "evenodd"},
    "fill-rule": {"nonzero", "evenodd"},
    "stroke-linecap": {"butt", "round", "square"},
    "stroke-linejoin": {"miter", "round", "bevel"},
    "visibility": {"visible", "hidden", "collapse"},
}
_KNOWN = UNDERSTOOD | NEUTRAL.keys()
_NO_PAINT = {"none", "transparent"}
_OPACITY = re.compile(r"(\d*\.?\d+)(%?)")
_OPAQUE = 0.998
"""From here on a channel of eight bits is full."""


class Style(NamedTuple):
    """Property to value, as inherited; `slot` is the class that names the fill's colour slot.

    `line` says that strokes are lines for a cutter, however their corners and ends look.
    """

    values: dict[str, str] = _INITIAL
    slot: str = ""
    displayed: bool = True
    overflows: bool = False
    clip: str = ""
    """The id of the clipPath that the element is cut by."""
    line: bool = False

    def paint(self, name: str) -> str | None:
        """The colour of `fill` or `stroke` as `#rrggbb`; None where it paints nothing. Raises SvgRefused."""
        value = self.values[name]
        if value in _NO_PAINT or not _is_opaque(f"{name}-opacity", self.values[f"{name}-opacity"]):
            return None
        return read_color(self.values["color"] if value == "currentcolor" else value)

    @property
    def visible(self) -> bool:
        """Whether the element itself is painted; its children may decide otherwise."""
        return self.values["visibility"] == "visible"


def styled(node: Node, parent: Style, sheet: Sheet) -> Style:
    """The style of an element inside a parent. Raises SvgRefused for what cannot be reduced to paths."""
    declared = _declared(node, sheet)
    if declared.get("display") == "none":
        return parent._replace(displayed=False)
    for name, value in declared.items():
        _require_drawable(name, value, sheet)
    slot, line = _slot(node), parent.line or _is_line(node)
    if not declared and not slot:
        return parent._replace(displayed=True, overflows=False, clip="", line=line)
    return _joined(parent, declared, slot)._replace(line=line)


def _joined(parent: Style, declared: dict[str, str], slot: str) -> Style:
    clip = local_id(declared.get("clip-path", "none")) or ""
    declared = {name: value.lower() for name, value in declared.items()}
    inherited = {name: value for name, value in declared.items() if name in INHERITED and value != "inherit"}
    kept = "" if "fill" in inherited else parent.slot
    return Style(
        values={**parent.values, **inherited},
        slot=slot or kept,
        displayed=_is_opaque("opacity", declared.get("opacity", "1")),
        overflows=declared.get("overflow") in {"visible", "auto"},
        clip=clip,
    )


def _is_opaque(name: str, value: str) -> bool:
    """Whether something is seen at all. Raises SvgRefused for what is seen through."""
    found = _OPACITY.fullmatch(value)
    share = float(found[1]) / (100 if found[2] else 1) if found else 0.5
    if 0 < share < _OPAQUE:
        raise SvgRefused("svg-attribute", f"{shown(name)} with the value {shown(value)} cannot be reduced to paths")
    return share > 0


def _slot(node: Node) -> str:
    """The class that names a slot. It is kept, so it may hold nothing but a plain name."""
    slot = next((name for name in node.attributes.get("class", "").split() if name.startswith(SLOT_PREFIX)), "")
    if slot and not _SLOT.fullmatch(slot):
        raise SvgRefused(
            "svg-slot", f"a slot's class is {SLOT_PREFIX} and up to 60 letters, digits, - and _, not {shown(slot)}"
        )
    return slot


def _is_line(node: Node) -> bool:
    marks = (node.attributes.get("id", ""), *node.attributes.get("class", "").split())
    return any(_LINE.fullmatch(mark) for mark in marks)


def _declared(node: Node, sheet: Sheet) -> dict[str, str]:
    """All declarations that hold for the element, the strongest of each property."""
    given = node.attributes
    declared = {name: given[name].strip() for name in given if name in _KNOWN}
    for name, value in sheet.declarations(node.name, given.get("id", ""), given.get("class", "").split()):
        declared[name] = _in_css(name, value)
    for name, value in read_declarations(given["style"]) if "style" in given else ():
        declared[name] = _in_css(name, value)
    return {name: value for name, value in declared.items() if name in _KNOWN}


def _in_css(name: str, value: str) -> str:
    if name in NOT_IN_CSS:
        raise SvgRefused("svg-attribute", f"the CSS property {shown(name)} cannot be reduced to paths")
    return value


def _require_drawable(name: str, value: str, sheet: Sheet) -> None:
    if name in NEUTRAL and value.lower() not in NEUTRAL[name]:
        raise SvgRefused("svg-attribute", f"{shown(name)} with the value {shown(value)} cannot be reduced to paths")
    if "url(" in value.lower():
        _require_clip(name, value, sheet)
    if value != "inherit" and value.lower() not in _WORDS.get(name, {value.lower()}):
        raise SvgRefused("svg-attribute", f"{shown(name)} has a value that is not known: {shown(value)}")


def _require_clip(name: str, value: str, sheet: Sheet) -> None:
    element = sheet.elements.get(local_id(value) or "")
    if element in BEYOND_PATHS:
        raise SvgRefused(
            "svg-element", f"the element {shown(element)} cannot be reduced to paths, and {shown(name)} uses it"
        )
    if name != "clip-path" or element != CLIP:
        missing = f"refers to {shown(value)}, which is not in the file"
        why = f"cannot be the element {shown(element)}" if element else missing
        raise SvgRefused("svg-reference", f"{shown(name)} {why}")
