"""The canonical JSON of a scene and its digest (docs/composing.md, Canonical JSON). Knows no other document."""

import json
from hashlib import sha256

from .model import Element, PathElement, Scene, ScenePanel
from .numbers import write


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
        stroke_width = None if element.stroke is None else write(element.stroke_width)
        fill, stroke = _string(element.fill), _string(element.stroke)
        return _object(d=_string(element.d), fill=fill, kind='"path"', stroke=stroke, strokeWidth=stroke_width)
    matrix = "[" + ",".join(map(write, element.matrix)) + "]"
    return _object(asset=_string(element.asset), clip=_string(element.clip), kind='"image"', matrix=matrix)


def _object(**members: str | None) -> str:
    """An object of members that are written already, handed over in alphabetical order; absent ones are left out."""
    return "{" + ",".join(f'"{name}":{value}' for name, value in members.items() if value is not None) + "}"


def _string(value: str | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
