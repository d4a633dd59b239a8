"""Measures print files and pictures against a warm Chromium that draws the same SVG, and two children against one."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.sample_design import PHOTO, sample_design
from spiff.composing.scene import ScenePanel
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
ROUNDS, OURS, THEIRS, THROUGHPUT_JOBS = 5, 12, 4, 150


def rows() -> list[Row]:
    """Medians for the sample design. Peers start from SVG outlines, we from the scene: neither shapes text."""
    panel, images = sample_design()
    with chromium_page(panel, images[PHOTO]) as (page, address):
        pdf = medians_ms(lambda: to_pdf(panel, images, title="Sample"), lambda: print_pdf(page, address, panel))
        png = medians_ms(lambda: to_png(panel, images, width_px=1000), lambda: screenshot(page, address))
    one, two = designs_per_second(RenderJob(panel, images, "pdf"))
    return [
        row("print PDF of the sample design: Spiff, warm Chromium", *pdf, "ms"),
        row("PNG of 1000 px of the sample design: Spiff, warm Chromium", *png, "ms"),
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


def medians_ms(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """The median wall times of both, in turns: whatever else the machine does meets both."""
    rounds = [(wall_ms(ours, OURS), wall_ms(theirs, THEIRS)) for _ in range(ROUNDS)]
    ours_taken, theirs_taken = (list(chain.from_iterable(taken)) for taken in zip(*rounds, strict=True))
    return statistics.median(ours_taken), statistics.median(theirs_taken)


def wall_ms(work: Callable[[], object], times: int) -> list[float]:
    """The wall times of `work`, after two runs that warm it up."""
    taken = []
    for _ in range(times + 2):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken[2:]


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


def designs_per_second(job: RenderJob) -> tuple[float, float]:
    """How many print files one child makes, and two; in turns, the quietest round of each."""
    with RenderPool(1) as one, RenderPool(2) as two:
        rounds = [(jobs_per_second(one, job), jobs_per_second(two, job)) for _ in range(ROUNDS)]
    return max(alone for alone, _ in rounds), max(both for _, both in rounds)


def jobs_per_second(pool: RenderPool, job: RenderJob) -> float:
    """How many jobs a warm pool does, from submission to the last file in hand."""
    for future in [pool.submit(job) for _ in range(8)]:
        future.result()
    begun = time.perf_counter()
    for future in [pool.submit(job) for _ in range(THROUGHPUT_JOBS)]:
        future.result()
    return THROUGHPUT_JOBS / (time.perf_counter() - begun)


if __name__ == "__main__":
    for measured in rows():
        sys.stdout.write(f"{measured}\n")
