"""What a step type is to composing: how it draws, what it refuses, what it lacks, what it exports. Knows no type."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from spiff.composing.resources import Resources
from spiff.composing.scene import Element
from spiff.composing.selection import Selection
from spiff.composing.workflow import Region, Step

S = TypeVar("S", bound=Step)


class Found(NamedTuple):
    """A finding of the step at hand."""

    code: str
    field: str
    detail: str = ""


class Drawn(NamedTuple):
    """An element and the region it is drawn in; `above` all layers only for what covers the product itself."""

    region: Region
    element: Element
    above: bool = False


class Drawing(NamedTuple):
    """What a step draws, and what came to light in drawing it."""

    drawn: tuple[Drawn, ...] = ()
    found: tuple[Found, ...] = ()


class Entry(NamedTuple):
    """A line of exported data: `"{title} {key}"` and its value; `hidden` where the cart must not show it."""

    key: str
    value: str
    hidden: bool = False


def draws_nothing(_selection: Selection[Any], _resources: Resources) -> Drawing:
    """Nothing is drawn and nothing found."""
    return Drawing()


def finds_nothing(_selection: Selection[Any]) -> Iterator[Found]:
    """Whatever was answered is fine."""
    return iter(())


def lacks_a_variant(selection: Selection[Any]) -> str | None:
    """Empty while nothing is selected."""
    return None if selection.variants else "variantId"


def lacks_nothing(_selection: Selection[Any]) -> str | None:
    """Never empty: there is nothing to fill in."""
    return None


def exports_nothing(_selection: Selection[Any], _resources: Resources) -> Iterable[Entry]:
    """No lines but the selection's."""
    return ()


def needs_nothing(_selection: Selection[Any]) -> Iterable[str]:
    """No file is needed."""
    return ()


@dataclass(frozen=True, slots=True)
class Kind(Generic[S]):
    """One step type. `fields` are the members an answer may have; `fonts` and `drawings` the digests `draw` will need.

    `options` are the options, beside the step's own, from which an answer's member names a variant.
    """

    fields: tuple[str, ...] = ("variant_id",)
    options: Callable[[S], tuple[tuple[str, str | None], ...]] = lambda _step: ()
    draw: Callable[[Selection[S], Resources], Drawing] = draws_nothing
    check: Callable[[Selection[S]], Iterator[Found]] = finds_nothing
    lacking: Callable[[Selection[S]], str | None] = lacks_a_variant
    entries: Callable[[Selection[S], Resources], Iterable[Entry]] = exports_nothing
    fonts: Callable[[Selection[S]], Iterable[str]] = needs_nothing
    drawings: Callable[[Selection[S]], Iterable[str]] = needs_nothing
