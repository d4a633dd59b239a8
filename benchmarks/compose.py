"""Measures composing after a key stroke, here and in Node, against the limits of 3 ms and 1 ms.

A title of 24 letters is typed into the sample design, whose other texts, drawings and photo stay: what a shopper does.
"""

import statistics
import subprocess
import time
from pathlib import Path

from fixtures.composing import designs, read, resources

from spiff.composing.answers import Answer
from spiff.composing.compose import compose

Row = dict[str, object]

HERE = Path(__file__).parent
BROWSER = HERE.parent / "browser"
TITLE = "Happy Birthday, Grandma!"
LIMIT_PYTHON_MS, LIMIT_BROWSER_MS = 3.0, 1.0
ROUNDS = 20


def rows() -> list[Row]:
    """The median over all key strokes of typing the title, many times over."""
    return [
        _row("compose after a key stroke: Python, limit", _python_ms(), LIMIT_PYTHON_MS),
        _row("compose after a key stroke: TypeScript in Node, limit", _node_ms(), LIMIT_BROWSER_MS),
    ]


def _row(what: str, measured: float, limit: float) -> Row:
    ratio = limit / measured
    return {"what": what, "measured": measured, "peer": limit, "limit": limit, "ratio": ratio, "unit": "ms"}


def _python_ms() -> float:
    sample = designs()["sample"]
    (workflow, answers), loaded = read(sample), resources(sample)
    taken = []
    for turn in range(ROUNDS):
        for length in range(1, len(TITLE) + 1):
            # A title never typed before, so that no text is remembered from the round before.
            typed = answers | {"title": Answer(variant_id="pacifico", text=f"{turn}{TITLE[:length]}")}
            begun = time.perf_counter()
            compose(workflow, typed, loaded)
            taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def _node_ms() -> float:
    command: list[str | Path] = ["node", HERE / "compose.mjs", TITLE, str(ROUNDS)]
    done = subprocess.run(command, cwd=BROWSER, check=True, capture_output=True)
    return float(done.stdout)
