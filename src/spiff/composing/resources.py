"""What composing is given beside a workflow and answers. Knows no store: who calls compose has loaded everything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from spiff.composing.document import Document
from spiff.composing.fonts import Font
from spiff.composing.workflow import Picture

Level = Literal["ignore", "warn", "block"]


class Context(Document, frozen=True):
    """What differs between two shoppers with the same workflow and answers, and between two products.

    `pictures` and `drawings` are the transaction's uploads by digest, `links` the addresses of its videos;
    `seed` tells one transaction from another; `preflight` says per finding what the product makes of it.
    """

    pictures: dict[str, Picture] = msgspec.field(default_factory=dict)
    drawings: tuple[str, ...] = ()
    links: dict[str, str] = msgspec.field(default_factory=dict)
    overlay: str | None = None
    recipient: dict[str, str] = msgspec.field(default_factory=dict)
    profanities: tuple[str, ...] = ()
    seed: int = 0
    preflight: dict[str, Level] = msgspec.field(default_factory=dict)


NO_CONTEXT = Context()
"""Of a workflow by itself, without product and shopper."""


class SlotColor(Document, frozen=True):
    """A colour slot of a drawing and the colour it was drawn with."""

    id: str
    color: str


class DrawingPath(Document, frozen=True):
    """An outline of a drawing; fill and stroke name their slots."""

    d: str
    fill_slot: str | None = None
    stroke_slot: str | None = None
    stroke_width: float = 0.0


class Drawing(Document, frozen=True):
    """An illustration reduced to paths (docs/assets.md, Illustrations); `outline` is its shape as a frame."""

    width: float
    height: float
    slots: tuple[SlotColor, ...]
    paths: tuple[DrawingPath, ...]
    outline: str | None = None


class ResourceMissing(LookupError):
    """A font or drawing is selected but was not handed over: the caller's fault, not the shopper's."""


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything loaded that `needed` asks for, by digest."""

    fonts: Mapping[str, Font] = field(default_factory=dict)
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    context: Context = NO_CONTEXT

    def font(self, digest: str) -> Font:
        """A font that was asked for. Raises ResourceMissing."""
        if (found := self.fonts.get(digest)) is not None:
            return found
        raise ResourceMissing(f"font {digest} is selected but was not loaded")

    def drawing(self, digest: str) -> Drawing:
        """A drawing that was asked for. Raises ResourceMissing."""
        if (found := self.drawings.get(digest)) is not None:
            return found
        raise ResourceMissing(f"drawing {digest} is selected but was not loaded")


NO_RESOURCES = Resources()
"""Nothing loaded: enough for workflows that need no file."""
