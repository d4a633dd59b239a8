"""Measures print files and pictures against others that draw the same outlines, and two children against one."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

import resvg_py
import typst
from playwright.sync_api import Page, sync_playwright

from benchmarks import children
from benchmarks.sample_design import PHOTO, sample_design
from spiff.assets.keeping import take_picture
from spiff.composing.scene import ScenePanel
from spiff.rendering.job import RenderJob
from spiff.rendering.pdf import to_pdf
from spiff.rendering.png import to_png
from spiff.rendering.svg import to_svg

Row = dict[str, object]

CHROMIUM = os.environ.get("SPIFF_CHROMIUM") or shutil.which("chromium") or "chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
ROUNDS, OURS, THEIRS = 5, 12, 4


def rows() -> list[Row]:
    """Medians for the sample design. Peers start from SVG outlines, we from the scene: neither shapes text."""
    panel, images = sample_design()
    with tempfile.TemporaryDirectory() as folder:
        svg = written_svg(Path(folder), panel, images[PHOTO])
        pdf, png = pdf_rows(panel, images, svg), png_rows(panel, images, svg)
    return [*pdf, *png, *children.rows(RenderJob(panel, images, "pdf"))]


def pdf_rows(panel: ScenePanel, images: dict[str, bytes], svg: Path) -> list[Row]:
    """Our print file against what others make of the same outlines and photo."""

    def ours() -> object:
        return to_pdf(panel, images, title="Sample")

    what = "print PDF of the sample design: Spiff,"
    with chromium_page(svg, panel) as (page, address):
        chromium = medians_ms(ours, lambda: print_pdf(page, address, panel))
    out = svg.with_suffix(".pdf")
    return [
        row(f"{what} warm Chromium", *chromium, "ms"),
        row(f"{what} typst", *medians_ms(ours, typst_pdf(svg)), "ms"),
        row(f"{what} rsvg-convert", *medians_ms(ours, command("rsvg-convert", "-f", "pdf", "-o", out, svg)), "ms"),
        row(f"{what} Inkscape", *medians_ms(ours, command("inkscape", f"--export-filename={out}", svg), 1), "ms"),
    ]


def png_rows(panel: ScenePanel, images: dict[str, bytes], svg: Path) -> list[Row]:
    """Our picture of 1000 pixels, as it is made for a cart: from the copy of the photo that was made at its upload."""
    small = {name: proxy(data) for name, data in images.items()}

    def ours() -> object:
        return to_png(panel, small, width_px=1000)

    what = "PNG of 1000 px of the sample design: Spiff,"
    with chromium_page(svg, panel) as (page, address):
        chromium = medians_ms(ours, lambda: screenshot(page, address))
    return [
        row(f"{what} warm Chromium", *chromium, "ms"),
        row(f"{what} resvg", *medians_ms(ours, lambda: resvg_py.svg_to_bytes(svg_path=str(svg), width=1000)), "ms"),
    ]


def proxy(data: bytes) -> bytes:
    """What the intake keeps beside a photo for screens."""
    made = take_picture(data).proxy
    assert made is not None
    return made.data


def typst_pdf(svg: Path) -> Callable[[], object]:
    """A page that holds the SVG, another one each time: a warm compiler remembers what it has seen."""
    drawing, source, counter = svg.read_text(), svg.with_suffix(".typ"), count()

    def compile_another() -> object:
        other = svg.with_name("other.svg")
        other.write_text(drawing.replace("#f7f3ea", f"#{next(counter):06x}"))
        source.write_text(
            f'#set page(width: 1000pt, height: 600pt, margin: 0pt)\n#image("{other.name}", width: 100%)\n'
        )
        return typst.compile(str(source))

    return compile_another


def command(*words: str | Path) -> Callable[[], object]:
    """A program that is started for each file."""
    return lambda: subprocess.run(words, check=True, capture_output=True)


def row(what: str, measured: float, peer: float, unit: str) -> Row:
    """A row in which less is better: the ratio says how many times longer the peer takes."""
    return {"what": what, "measured": measured, "peer": peer, "ratio": peer / measured, "unit": unit}


def medians_ms(ours: Callable[[], object], theirs: Callable[[], object], times: int = THEIRS) -> tuple[float, float]:
    """The median wall times of both, in turns: whatever else the machine does meets both."""
    rounds = [(wall_ms(ours, OURS), wall_ms(theirs, times)) for _ in range(ROUNDS)]
    ours_taken, theirs_taken = (list(chain.from_iterable(taken)) for taken in zip(*rounds, strict=True))
    return statistics.median(ours_taken), statistics.median(theirs_taken)


def wall_ms(work: Callable[[], object], times: int) -> list[float]:
    """The wall times of `work`, after a run that warms it up."""
    taken = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken[1:]


def written_svg(folder: Path, panel: ScenePanel, photo: bytes) -> Path:
    """The panel as an SVG with its photo beside it."""
    (folder / "photo.jpg").write_bytes(photo)
    svg = folder / "sample.svg"
    svg.write_text(to_svg(panel, lambda _asset: "photo.jpg"))
    return svg


@contextmanager
def chromium_page(svg: Path, panel: ScenePanel) -> Iterator[tuple[Page, str]]:
    """A warm browser, and the address of a page that holds nothing but the SVG."""
    page_file = svg.with_suffix(".html")
    size = f"@page{{size:{panel.width}pt {panel.height}pt;margin:0}}body{{margin:0}}svg{{display:block}}"
    page_file.write_text(f"<!doctype html><style>{size}</style>{svg.read_text()}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser.new_page(viewport={"width": 1000, "height": 600}), page_file.as_uri()
        browser.close()


def print_pdf(page: Page, address: str, panel: ScenePanel) -> bytes:
    """Load and print."""
    page.goto(address)
    return page.pdf(width=f"{panel.width / 72}in", height=f"{panel.height / 72}in", print_background=True)


def screenshot(page: Page, address: str) -> bytes:
    """Load and take a picture."""
    page.goto(address)
    return page.screenshot()


if __name__ == "__main__":
    for measured in rows():
        sys.stdout.write(f"{measured}\n")
