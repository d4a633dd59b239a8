"""What a browser keeps of the customiser, and how it ends without a warning."""

import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Page

from tests.journeys.running import eventually, is_living

_DRAFTS = """async () => {
  const opening = indexedDB.open("spiff");
  await new Promise((resolve, reject) => { opening.onsuccess = resolve; opening.onerror = reject; });
  const asking = opening.result.transaction("drafts").objectStore("drafts").getAll();
  await new Promise((resolve, reject) => { asking.onsuccess = resolve; asking.onerror = reject; });
  opening.result.close();
  return asking.result.map(({ draft }) => draft);
}"""


def drafts(page: Page | Frame) -> list[dict[str, Any]]:
    """The drafts of a page's windows, once its customiser is shown."""
    found: list[dict[str, Any]] = page.evaluate(_DRAFTS)
    return found


def is_saved(page: Page | Frame) -> bool:
    """Whether the server has confirmed everything of some draft."""
    return any(draft["transaction"] and not draft["unsaved"] for draft in drafts(page))


def clear_storage(browser: BrowserContext, page: Page, origin: str) -> None:
    """As somebody does in the browser's settings: all of an origin is gone at once, whatever pages are open."""
    session = browser.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})


def kill(folder: Path) -> None:
    """End the browser with this profile, all of it, as the system does when memory is short."""
    named = [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if f"--user-data-dir={folder}".encode() in _read(path).split(b"\0")
    ]
    assert named, f"no browser uses {folder}"
    for process in named:
        os.kill(process, signal.SIGKILL)
    eventually(lambda: not any(is_living(process) for process in named), "the browser is dead")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
