"""A QR code that leads to a video or an address (docs/composing.md, DigitalContent)."""

import base64
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from spiff.composing.addresses import web_address
from spiff.composing.kinds import Drawing, Drawn, Found, Kind
from spiff.composing.numbers import write
from spiff.composing.placing import contained, through
from spiff.composing.qr import TooLong, qr_code
from spiff.composing.resources import Resources
from spiff.composing.scene import PathElement
from spiff.composing.selection import Selection
from spiff.composing.workflow import DigitalContentStep, Workflow

Choice = Selection[DigitalContentStep]

LEAST_MODULE_MM = 0.33
"""The side of the smallest module that is made to be read everywhere: four dots of a printer of 300 dpi."""
_MM_PER_PT = 25.4 / 72
_QUIET = 4
_BLACK, _WHITE = "#000000", "#ffffff"


def _draw(selection: Choice, _resources: Resources) -> Drawing:
    content = _content(selection)
    if content is None:
        return Drawing()
    try:
        side, dark = _outlines(content)
    except TooLong:
        return Drawing(found=(Found("url-not-allowed", "upload"),))
    only = selection.step.only
    return Drawing(
        tuple(
            Drawn(region, PathElement(through(d, contained(region, (side, side))), color, only=only))
            for region in selection.step.regions
            for d, color in ((f"M0 0L{side} 0L{side} {side}L0 {side}Z", _WHITE), (dark, _BLACK))
        ),
        tuple(_too_small(selection.step, selection.workflow, side)),
    )


def _too_small(step: DigitalContentStep, workflow: Workflow, side: int) -> Iterator[Found]:
    """Of what prints; told here, since an outline does not tell its modules."""
    panels = {panel.name for panel in workflow.panels}
    printed = [region for region in step.regions if region.panel in panels and step.only != "screen"]
    modules = [min(region.width, region.height) / side * _MM_PER_PT for region in printed]
    if modules and min(modules) < LEAST_MODULE_MM:
        yield Found("code-too-small", "upload", write(min(modules)))


@lru_cache(64)
def _outlines(content: str) -> tuple[int, str]:
    """The side of the code with its quiet zone, in modules, and its dark modules, neighbours of a row together."""
    rows = qr_code(content)
    return len(rows) + 2 * _QUIET, "".join(_bars(rows))


def _bars(rows: tuple[tuple[int, ...], ...]) -> Iterator[str]:
    for y, row in enumerate(rows, _QUIET):
        for run in re.finditer("1+", "".join(map(str, row))):
            left, right = run.start() + _QUIET, run.end() + _QUIET
            yield f"M{left} {y}L{right} {y}L{right} {y + 1}L{left} {y + 1}Z"


def _content(selection: Choice) -> str | None:
    """What the code says; None where there is nothing to lead to."""
    step, answer = selection.step, selection.answer
    link = selection.context.links.get(answer.upload or "")
    if link is not None:
        return _landing(step.base_url, link) if step.base_url else link
    return web_address(answer.url) if step.allow_url else None


def _landing(base_url: str, link: str) -> str:
    """The landing page with the video's address in its query (contract/domain.md 7)."""
    base = base_url if "://" in base_url else f"https://{base_url}"
    versions = json.dumps([{"rel": "mpeg4", "href": link}], separators=(",", ":"), ensure_ascii=False)
    video = quote(base64.b64encode(versions.encode()).decode(), safe="")
    return f"{base if base.endswith('/') else base + '/'}?video={video}"


def _check(selection: Choice) -> Iterator[Found]:
    upload, url = selection.given.upload, selection.given.url
    if upload is not None and upload not in selection.context.links:
        yield Found("unknown-upload", "upload", upload)
    if url is not None and not (selection.step.allow_url and web_address(url)):
        yield Found("url-not-allowed", "url")


def _lacking(selection: Choice) -> str | None:
    return "upload" if _content(selection) is None else None


DIGITAL_CONTENT: Kind[DigitalContentStep] = Kind(fields=("upload", "url"), draw=_draw, check=_check, lacking=_lacking)
