"""The canonical JSON of a scene and its digest (docs/composing.md, Canonical JSON). Knows no other document."""

import json
from collections.abc import Iterable
from hashlib import sha256

from spiff.composing.document import Ink
from spiff.composing.numbers import write
from spiff.composing.scene import Element, PathElement, Scene, ScenePanel


def canonical_scene(scene: Scene) -> str:
    """The one way to write this scene."""
    return '{"panels":[' + ",".join(map(_panel, scene.panels)) + "]}"


def scene_digest(scene: Scene) -> str:
    """The SHA-256 of the canonical JSON in UTF-8, in hexadecimal: the identity of what is seen and printed."""
    return sha256(canonical_scene(scene).encode()).hexdigest()


def _panel(panel: ScenePanel) -> str:
    return _object(
        background=_string(panel.background),
        bleed=write(panel.bleed),
        elements="[" + ",".join(map(_element, panel.elements)) + "]",
        height=write(panel.height),
        name=_string(panel.name),
        width=write(panel.width),
    )


def _element(element: Element) -> str:
    if isinstance(element, PathElement):
        return _path(element)
    return _object(
        asset=_string(element.asset),
        clip=_string(element.clip),
        kind='"image"',
        matrix=_numbers(element.matrix),
        only=_string(element.only),
    )


def _path(element: PathElement) -> str:
    return _object(
        clip=_string(element.clip),
        d=_string(element.d),
        fill=_string(element.fill),
        fillInk=_ink(element.fill_ink),
        kind='"path"',
        only=_string(element.only),
        stroke=_string(element.stroke),
        strokeInk=_ink(element.stroke_ink),
        strokeWidth=None if element.stroke is None else write(element.stroke_width),
    )


def _ink(ink: Ink | None) -> str | None:
    if ink is None:
        return None
    cmyk = None if ink.cmyk is None else _numbers(ink.cmyk)
    return _object(cmyk=cmyk, overprint="true" if ink.overprint else None, spot=_string(ink.spot))


def _numbers(values: Iterable[float]) -> str:
    return "[" + ",".join(map(write, values)) + "]"


def _object(**members: str | None) -> str:
    """An object of members that are written already, handed over in alphabetical order; absent ones are left out."""
    return "{" + ",".join(f'"{name}":{value}' for name, value in members.items() if value is not None) + "}"


def _string(value: str | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
