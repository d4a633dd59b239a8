"""A part of a drawing, another one for every shopper (docs/composing.md, Patchwork)."""

from collections.abc import Iterable, Iterator

from spiff.composing.drawing import rectangle
from spiff.composing.kinds import Drawing, Drawn, Found, Kind
from spiff.composing.numbers import turn
from spiff.composing.placing import Size, covering, drawn_paths, placed
from spiff.composing.resources import Resources
from spiff.composing.selection import Selection
from spiff.composing.workflow import PatchworkStep, Region

Choice = Selection[PatchworkStep]

_WORD = 0xFFFFFFFF
_STEP, _REGION = 0x9E3779B1, 0x85EBCA6B


def _draw(selection: Choice, resources: Resources) -> Drawing:
    asset = _asset(selection)
    if asset is None:
        return Drawing()
    drawing, drawn = resources.drawing(asset), []
    size = (drawing.width, drawing.height)
    for index, region in enumerate(selection.step.regions):
        matrix = _part(selection, region, size, _numbers(_seed(selection, index)))
        paths = drawn_paths(drawing, matrix, {}, rectangle(region), selection.step.only)
        drawn += [Drawn(region, path) for path in paths]
    return Drawing(tuple(drawn))


def _part(
    selection: Choice, region: Region, size: Size, random: Iterator[float]
) -> tuple[float, float, float, float, float, float]:
    """A part that fills the region, however it is turned."""
    step = selection.step
    least = max(step.min_scale, 1.0)
    larger = least + (max(step.max_scale, least) - least) * next(random)
    by = turn(next(random) * 360)
    covers, reach = covering(region, size, by)
    k = covers * larger
    across = (next(random) * 2 - 1) * (size[0] * k / 2 - reach[0])
    down = (next(random) * 2 - 1) * (size[1] * k / 2 - reach[1])
    return placed(region, size, k, (across * by[0] - down * by[1], across * by[1] + down * by[0]), by)


def _seed(selection: Choice, region: int) -> int:
    """The answer's, else the transaction's, another one for each step and region."""
    answered = selection.answer.seed
    seed = selection.context.seed if answered is None else min(max(answered, 0), _WORD)
    steps = [each.step_name for each in selection.workflow.steps]
    return (seed + (steps.index(selection.step.step_name) + 1) * _STEP + (region + 1) * _REGION) & _WORD


def _numbers(seed: int) -> Iterator[float]:
    """Numbers from 0 to 1 by the mixing steps of MurmurHash3 over a counter, in 32-bit words."""
    while True:
        seed = (seed + _STEP) & _WORD
        word = ((seed ^ (seed >> 16)) * 0x85EBCA6B) & _WORD
        word = ((word ^ (word >> 13)) * 0xC2B2AE35) & _WORD
        yield (word ^ (word >> 16)) / 4294967296


def _check(selection: Choice) -> Iterator[Found]:
    seed = selection.given.seed
    if seed is not None and not 0 <= seed <= _WORD:
        yield Found("seed-out-of-range", "seed")


def _asset(selection: Choice) -> str | None:
    return selection.variant.asset if selection.variant is not None else None


def _drawings(selection: Choice) -> Iterable[str]:
    asset = _asset(selection)
    return () if asset is None else (asset,)


PATCHWORK: Kind[PatchworkStep] = Kind(fields=("variant_id", "seed"), draw=_draw, check=_check, drawings=_drawings)
