"""The browser parts: sizes over the wire, and the time from a key stroke to the painted preview."""

import gzip
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

STATIC = Path(__file__).parents[1] / "src" / "spiff" / "web" / "static"
CHROMIUM = os.environ.get("SPIFF_CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-3d-apis",  # the flat preview is what is measured
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
KEY_STROKES = 40

WATCH = """() => {
  window.paints = [];
  const channel = new MessageChannel();
  let pressed = 0;
  channel.port1.onmessage = () => window.paints.push(performance.now() - pressed);
  addEventListener('input', (event) => {
    pressed = event.timeStamp;
    requestAnimationFrame(() => channel.port2.postMessage(0));
  }, true);
}"""
"""The frame's callback runs before the paint, the message after it: the usual way to time a paint from inside."""


def rows() -> list[dict[str, object]]:
    """Sizes against their budgets, then key strokes at full speed and slowed down four times."""
    return [*_sizes(), *_key_strokes()]


def _sizes() -> Iterator[dict[str, object]]:
    yield _row("api.js, gzip", _gzip([STATIC / "api.js"]), 4000, "bytes; limit")
    yield _row("customiser before fonts and shaping engine, gzip", _gzip(_first_load()), 120_000, "bytes; limit")


def _first_load() -> list[Path]:
    """The page and what it names, scripts with everything they import at once; not what is imported on demand."""
    page = STATIC / "customiser" / "index.html"
    waiting = [STATIC / name for name in re.findall(r'/static/([^"?]+)', page.read_text("utf-8"))]
    found = [page]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.append(path)
            imports = (
                re.findall(r'(?:from|import)\s*"(\./[^"]+)"', path.read_text("utf-8")) if path.suffix == ".js" else []
            )
            waiting += [path.parent / name for name in imports]
    return found


def _gzip(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def _key_strokes() -> Iterator[dict[str, object]]:
    with _demo() as ready, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for slowed, limit in ((1, 16.0), (4, 50.0)):
            times = _typed(browser.new_page(bypass_csp=True), ready, slowed)
            p95 = statistics.quantiles(times, n=20)[-1]
            yield _row(f"key stroke to painted preview, p95, processor slowed {slowed}x", p95, limit, "ms; limit")
        browser.close()


def _typed(page: Page, ready: dict[str, Any], slowed: int) -> list[float]:
    product = ready["products"][0]["integrationProductId"]
    page.goto(f"{ready['baseUrl']}/customise?integrationProduct={product}&currency=USD&origin={ready['baseUrl']}")
    field = page.locator("input[type=text], textarea").first
    field.wait_for()
    page.locator(".stage svg path").first.wait_for()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowed})
    field.fill("")
    page.evaluate(WATCH)
    for number in range(KEY_STROKES):
        field.press("Backspace" if number % 8 == 7 else "abcdefgh"[number % 8])
        page.wait_for_function(f"window.paints.length > {number}")
    times: list[float] = page.evaluate("window.paints")
    page.close()
    return times


@contextmanager
def _demo() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "spiff.cli",
            "demo",
            "--json",
            "--port",
            "8690",
            "--shop-port",
            "8691",
            "--data",
            folder,
        ]
        demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert demo.stdout is not None
            yield json.loads(demo.stdout.readline())
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(20)


def _row(what: str, measured: float, limit: float, unit: str) -> dict[str, object]:
    return {"what": what, "measured": measured, "peer": limit, "ratio": limit / measured, "unit": unit}
