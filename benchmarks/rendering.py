"""Measures print files and pictures against a warm Chromium that draws the same SVG, and two children against one."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.sample_design import PHOTO, sample_design
from spiff.composing.model import ScenePanel
from spiff.rendering.job import RenderJob
from spiff.rendering.pdf import to_pdf
from spiff.rendering.png import to_png
from spiff.rendering.processes.pool import RenderPool
from spiff.rendering.svg import to_svg

Row = dict[str, object]

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
OURS, THEIRS, THROUGHPUT_JOBS = 40, 10, 120


def rows() -> list[Row]:
    """Medians for the sample design. Peers start from SVG outlines, we from the scene: neither shapes text."""
    panel, images = sample_design()
    ours_pdf = median_ms(lambda: to_pdf(panel, images, title="Sample"), OURS)
    ours_png = median_ms(lambda: to_png(panel, images, width_px=1000), OURS)
    with chromium_page(panel, images[PHOTO]) as (page, address):
        chromium_pdf = median_ms(lambda: print_pdf(page, address, panel), THEIRS)
        chromium_png = median_ms(lambda: screenshot(page, address), THEIRS)
    one, two = (designs_per_second(RenderJob(panel, images, "pdf"), workers) for workers in (1, 2))
    return [
        row("print PDF of the sample design: Spiff, warm Chromium", ours_pdf, chromium_pdf, "ms"),
        row("PNG of 1000 px of the sample design: Spiff, warm Chromium", ours_png, chromium_png, "ms"),
        {
            "what": "print PDFs by child processes: two, one",
            "measured": two,
            "peer": one,
            "ratio": two / one,
            "unit": "1/s",
        },
    ]


def row(what: str, measured: float, peer: float, unit: str) -> Row:
    """A row in which less is better: the ratio says how many times longer the peer takes."""
    return {"what": what, "measured": measured, "peer": peer, "ratio": peer / measured, "unit": unit}


def median_ms(work: Callable[[], object], times: int) -> float:
    """The median wall time of `work`, after two runs that warm it up."""
    taken = []
    for _ in range(times + 2):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[2:])


@contextmanager
def chromium_page(panel: ScenePanel, photo: bytes) -> Iterator[tuple[Page, str]]:
    """A warm browser, and the address of a page that holds nothing but the SVG, its photo beside it as a file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        Path(folder, "photo.jpg").write_bytes(photo)
        page_file = Path(folder, "sample.html")
        size = f"@page{{size:{panel.width}pt {panel.height}pt;margin:0}}body{{margin:0}}svg{{display:block}}"
        page_file.write_text(f"<!doctype html><style>{size}</style>{to_svg(panel, lambda asset: f'{asset}.jpg')}")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1000, "height": 600})
        yield page, page_file.as_uri()
        browser.close()


def print_pdf(page: Page, address: str, panel: ScenePanel) -> bytes:
    """Load and print."""
    page.goto(address)
    return page.pdf(width=f"{panel.width / 72}in", height=f"{panel.height / 72}in", print_background=True)


def screenshot(page: Page, address: str) -> bytes:
    """Load and take a picture."""
    page.goto(address)
    return page.screenshot()


def designs_per_second(job: RenderJob, workers: int) -> float:
    """How many print files a pool makes, from submission to the last file in hand."""
    with RenderPool(workers) as pool:
        for future in [pool.submit(job) for _ in range(4 * workers)]:
            future.result()
        begun = time.perf_counter()
        for future in [pool.submit(job) for _ in range(THROUGHPUT_JOBS)]:
            future.result()
        return THROUGHPUT_JOBS / (time.perf_counter() - begun)


if __name__ == "__main__":
    for measured in rows():
        sys.stdout.write(f"{measured}\n")
