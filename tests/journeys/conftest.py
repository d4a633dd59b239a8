"""A demo and a browser for journeys."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from spiff.demo.sampling import complete_samples
from tests.journeys.designs import OwnDesign
from tests.journeys.running import RunningDemo

CHROMIUM = os.environ.get("SPIFF_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
SOFTWARE_WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
"""WebGL without a graphics card, in place of none at all."""
WIDE = (1280, 900)
PHONE = (390, 844)
NARROWEST_WIDE = (900, 600)
"""Still laid out as a desktop is, with a third of its pixels: software takes its time for each."""


class Storage(Enum):
    """What a frame of another site may keep."""

    AS_USUAL = "as usual"
    PARTITIONED = "third-party cookies blocked, as shoppers have it: storage of its own for each site"
    DENIED = "third-party cookies blocked, and no storage at all"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """One demo for all journeys that leave it running."""
    with RunningDemo(tmp_path_factory.mktemp("demo") / "data") as running:
        yield running.start()


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[RunningDemo]:
    """A demo that a test starts, and may kill."""
    with RunningDemo(tmp_path / "data") as running:
        yield running


@pytest.fixture
def visitor(demo: RunningDemo) -> Iterator[httpx.Client]:
    """Somebody with a browser's cookies and manners."""
    with httpx.Client(base_url=demo.shop, headers={"Origin": demo.shop}, follow_redirects=True) as client:
        yield client


@pytest.fixture
def finished(demo: RunningDemo) -> str:
    """A finished design of the first product."""
    (transaction_id,) = complete_samples(demo.ready["baseUrl"], [demo.ready["products"][0]["integrationProductId"]], 1)
    return transaction_id


@pytest.fixture
def own_design(demo: RunningDemo) -> OwnDesign:
    """A design whose owner is the test."""
    return OwnDesign(demo)


@contextmanager
def browsing(
    folder: Path,
    size: tuple[int, int] = WIDE,
    storage: Storage = Storage.AS_USUAL,
    locale: str | None = None,
    more: Sequence[str] = ("--disable-3d-apis",),
    *,
    quiet: bool = True,
    **emulated: Any,
) -> Iterator[BrowserContext]:
    """A browser with an empty profile. What its pages log as errors fails the test.

    Not `quiet`, only what they throw: a browser itself logs each request that failed, and some tests want that.
    """
    if storage is not Storage.AS_USUAL:
        _write_preferences(folder)
    # Playwright's own arguments switch partitioned storage off, which no shopper's browser does.
    plain = storage is Storage.PARTITIONED
    arguments = [*ARGUMENTS, *more, "--headless", "--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank"]
    # One Playwright for each browser: it keeps an event loop running, which other tests must not meet.
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=CHROMIUM,
            args=arguments if plain else [*ARGUMENTS, *more],
            ignore_default_args=plain,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            locale=locale,
            **emulated,
        )
        context.set_default_timeout(15_000)
        problems: list[str] = []
        context.on("weberror", lambda error: problems.append(str(error.error)))
        if quiet:
            context.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        try:
            yield context
        finally:
            context.close()
    assert problems == []


def _write_preferences(folder: Path) -> None:
    """Settings > Privacy > Block third-party cookies."""
    profile = {"cookie_controls_mode": 1, "block_third_party_cookies": True}
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps({"profile": profile}), "utf-8")
