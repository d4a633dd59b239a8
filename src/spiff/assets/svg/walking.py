"""Walks the tree in painting order: groups, use, symbol, nested svg. Knows neither colours nor curves."""

from collections.abc import Iterable, Iterator
from itertools import islice
from math import hypot, sqrt
from typing import NamedTuple

from spiff.assets.svg.areas import united_area, viewport_area
from spiff.assets.svg.css import Sheet
from spiff.assets.svg.drawing import Clips, Drawn, clip_area, drawn, frame_area
from spiff.assets.svg.limits import MOST_DEPTH, MOST_IN_CLIP, Purse, too_complex
from spiff.assets.svg.matrices import Matrix, moved, multiplied, read_transform
from spiff.assets.svg.outline import Outline
from spiff.assets.svg.refusals import SvgRefused, shown
from spiff.assets.svg.shapes import Measures, Size, outline_of
from spiff.assets.svg.styles import Style, styled
from spiff.assets.svg.tree import Node
from spiff.assets.svg.viewports import read_view_box, view_matrix
from spiff.assets.svg.vocabulary import SHAPES

_FRAME_ID, _FRAME_CLASS = "target-path", "st0"
"""How drawings say which of their paths is the outline of a frame (contract/domain.md 7)."""


_DRAWN = SHAPES | {"g", "use", "svg", "switch"}
_CONDITIONS = {"requiredExtensions", "systemLanguage"}
_USER_SPACE = "userSpaceOnUse"


class Place(NamedTuple):
    """Where the walk is: what is inherited, and how deep it went."""

    matrix: Matrix
    viewport: Size
    style: Style
    clips: Clips = ()
    depth: int = 0
    used: frozenset[str] = frozenset()


class Walk:
    """One walk through a document; `drawn` are its paths, lowest first, `frame` the one marked as a frame's outline."""

    def __init__(self, root: Node) -> None:
        self.drawn: list[Drawn] = []
        self.frame: Outline | None = None
        self._frame_rank = 0
        self._purse = Purse()
        self._sheet = Sheet()
        self._named: dict[str, Node] = {}
        self._clips: dict[tuple[str, Matrix], Outline] = {}
        self._look_through(root)

    def _look_through(self, node: Node) -> None:
        """Read the style sheets and find what has an id; of twins the first counts, as in browsers."""
        if node.name == "style":
            _add_styles(self._sheet, node)
        if identity := node.attributes.get("id"):
            self._named.setdefault(identity, node)
            self._sheet.elements.setdefault(identity, node.name)
        for child in node.children:
            self._look_through(child)

    def draw_document(self, root: Node, size: Size, scale: float) -> None:
        """Draw the outermost element into a picture of this size, enlarged."""
        place = self._entered(root, Place((scale, 0.0, 0.0, scale, 0.0, 0.0), size, Style(), depth=-1))
        if place.style.displayed:
            self._draw_viewport(root, place, size)

    def _draw(self, node: Node, place: Place) -> None:
        if node.name not in _DRAWN or "requiredExtensions" in node.attributes:
            return
        self._purse.spend("elements drawn")
        if place.depth > MOST_DEPTH:
            raise too_complex(f"elements nested more than {MOST_DEPTH} deep")
        inside = self._entered(node, place)
        if inside.style.displayed:
            self._draw_displayed(node, inside)

    def _draw_displayed(self, node: Node, inside: Place) -> None:
        if node.name in SHAPES:
            self._draw_shape(node, inside)
        elif node.name == "use":
            self._draw_use(node, inside)
        elif node.name == "svg":
            self._draw_nested(node, inside, _measured(node, inside.viewport))
        else:
            self._draw_children(node.children if node.name == "g" else _chosen(node), inside)

    def _entered(self, node: Node, place: Place) -> Place:
        matrix = place.matrix
        if transform := node.attributes.get("transform"):
            if node.name == "svg":
                raise SvgRefused("svg-attribute", "'transform' of 'svg' is not supported; put a group around")
            matrix = multiplied(matrix, read_transform(transform))
        style = styled(node, place.style, self._sheet)
        inside = place._replace(matrix=matrix, style=style, depth=place.depth + 1)
        return inside._replace(clips=(*place.clips, self._clip(style.clip, inside))) if style.clip else inside

    def _clip(self, name: str, place: Place) -> Outline:
        """The area of a clip path, in the coordinates of the element that it cuts."""
        node = self._named[name]
        if node.attributes.get("clipPathUnits", _USER_SPACE) != _USER_SPACE:
            raise SvgRefused("svg-attribute", "'clipPathUnits' of a clip path can only be userSpaceOnUse")
        if len(node.children) > MOST_IN_CLIP:
            raise too_complex(f"a clip path of more than {MOST_IN_CLIP} shapes")
        if (known := self._clips.get((name, place.matrix))) is None:
            inside = self._in_clip(node, place._replace(style=Style()))
            known = united_area([area for child in node.children for area in self._clip_areas(child, inside)])
            self._clips[name, place.matrix] = known
        return known

    def _clip_areas(self, node: Node, place: Place) -> Iterator[Outline]:
        inside = self._in_clip(node, place)
        if node.name == "use":
            target, inside = self._used(node, inside)
            inside = self._in_clip(target, inside)
            node = target
        if node.name not in SHAPES:
            return
        outline = outline_of(node.name, node.attributes, inside.viewport, self._purse)
        if area := clip_area(outline, inside.style, inside.matrix):
            yield area

    def _in_clip(self, node: Node, place: Place) -> Place:
        self._purse.spend("elements drawn")
        style = styled(node, place.style, self._sheet)
        if style.clip:
            raise SvgRefused("svg-attribute", "'clip-path' inside of a clip path cannot be reduced to paths")
        return self._entered(node, place)

    def _draw_children(self, children: Iterable[Node], place: Place) -> None:
        for child in children:
            self._draw(child, place)

    def _draw_shape(self, node: Node, place: Place) -> None:
        outline = outline_of(node.name, node.attributes, place.viewport, self._purse)
        whole = hypot(*place.viewport) / sqrt(2)
        self.drawn += drawn(outline, place.style, place.matrix, place.clips, whole)
        if (rank := _frame_rank(node)) > self._frame_rank:
            self.frame, self._frame_rank = frame_area(outline, place.style, place.matrix, place.clips), rank

    def _draw_use(self, node: Node, place: Place) -> None:
        target, inside = self._used(node, place)
        if target.name in {"symbol", "svg"}:
            self._draw_used_viewport(target, node, inside)
        else:
            self._draw(target, inside)

    def _used(self, node: Node, place: Place) -> tuple[Node, Place]:
        """What a `use` refers to, and where it is drawn."""
        name = node.attributes.get("href", "").strip()[1:]
        target = self._named.get(name)
        if target is None or name in place.used:
            what = "to itself" if target else f"to an id that is not in the file: {shown('#' + name)}"
            raise SvgRefused("svg-reference", f"'use' refers {what}")
        measures = Measures(node.attributes, place.viewport)
        matrix = moved(place.matrix, measures.get("x", "x"), measures.get("y", "y"))
        return target, place._replace(matrix=matrix, used=place.used | {name})

    def _draw_used_viewport(self, target: Node, use: Node, place: Place) -> None:
        """A symbol, or an svg, takes its size from the element that uses it."""
        self._purse.spend("elements drawn")
        inside = self._entered(target, place)
        sizes = {name: value for name, value in use.attributes.items() if name in {"width", "height"}}
        sized = Node(target.name, {**target.attributes, **sizes}, target.children)
        if inside.style.displayed:
            self._draw_nested(sized, inside, _measured(sized, inside.viewport))

    def _draw_nested(self, node: Node, place: Place, size: Size) -> None:
        if not all(size):
            return
        measures = Measures(node.attributes, place.viewport)
        at = measures.get("x", "x"), measures.get("y", "y")
        self._draw_viewport(node, place._replace(matrix=moved(place.matrix, *at)), size)

    def _draw_viewport(self, node: Node, place: Place, size: Size) -> None:
        """The children of an element that has a viewport of its own; what sticks out of it is cut off."""
        matrix = multiplied(place.matrix, view_matrix(node.attributes, *size))
        box = read_view_box(node.attributes)
        clips = place.clips
        if not place.style.overflows or place.depth == 0:
            clips = (*clips, viewport_area(place.matrix, *size))
        viewport = (box[2], box[3]) if box else size
        self._draw_children(node.children, place._replace(matrix=matrix, viewport=viewport, clips=clips))


def _frame_rank(node: Node) -> int:
    """The id is a better mark than the class; of the same mark the first counts."""
    if node.attributes.get("id") == _FRAME_ID:
        return 2
    return int(_FRAME_CLASS in node.attributes.get("class", "").split())


def _chosen(switch: Node) -> Iterator[Node]:
    """The first child without conditions; the others are for certain programs or languages."""
    plain = (each for each in switch.children if not _CONDITIONS & each.attributes.keys())
    return islice(plain, 1)


def _measured(node: Node, viewport: Size) -> Size:
    measures = Measures(node.attributes, viewport)
    return measures.size("width", "x", "100%"), measures.size("height", "y", "100%")


def _add_styles(sheet: Sheet, node: Node) -> None:
    given = node.attributes
    if given.get("type", "text/css") not in {"", "text/css"} or given.get("media", "all") not in {"", "all"}:
        raise SvgRefused("svg-style", "a style element holds plain CSS for all media")
    sheet.add("".join(node.text))
