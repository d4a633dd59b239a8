"""What a panel needs to be drawn. Knows no file format."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from spiff.composing.document import Ink, Medium
from spiff.composing.scene import Element, ImageElement, PathElement, ScenePanel
from spiff.rendering.failures import NotDrawable

Group = tuple[str | None, list[Element]]
"""Neighbours that are clipped alike, with their clip."""


def drawn_assets(panel: ScenePanel) -> list[str]:
    """The assets of the pictures on a panel, each once, in the order in which they are first drawn."""
    return list(dict.fromkeys(element.asset for element in panel.elements if isinstance(element, ImageElement)))


def drawn_on(panel: ScenePanel, medium: Medium) -> ScenePanel:
    """The panel without what is only for the other medium."""
    if all(element.only in {None, medium} for element in panel.elements):
        return panel
    return replace(panel, elements=tuple(each for each in panel.elements if each.only in {None, medium}))


def prints_over(element: PathElement, ink: Ink | None) -> bool:
    """Whether pictures of a print file show through it what lies below, as a layer of white; a screen mixes nothing."""
    return element.only == "print" and ink is not None and ink.overprint


def groups_of(panel: ScenePanel) -> list[Group]:
    """The elements of a panel, lowest first."""
    return [(clip, list(group)) for clip, group in groupby(panel.elements, key=lambda element: element.clip)]


def outlines_of(groups: Sequence[Group]) -> list[str]:
    """Path data in the order of drawing: the clip of each group, then that of its elements; "" where there is none."""
    return [
        path
        for clip, elements in groups
        for path in (clip or "", *[element.d if isinstance(element, PathElement) else "" for element in elements])
    ]


def given(images: Mapping[str, bytes], asset: str) -> bytes:
    """The bytes of an asset. Raises NotDrawable when they were not given."""
    data = images.get(asset)
    if data is None:
        raise NotDrawable(f"the picture {asset[:80]!r} was not given")
    return data
