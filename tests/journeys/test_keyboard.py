"""The whole purchase with the keyboard alone: no mouse, no touch, and never a place that the focus does not reach."""

import re
from pathlib import Path

from playwright.sync_api import Frame, Page, expect

from tests.journeys.conftest import browsing
from tests.journeys.running import RunningDemo
from tests.journeys.shopping import frame_of, wait_until_ready

MOST_STOPS = 80
"""More stops than any page has: whoever needs so many is lost."""

_FOCUSED = """() => {
  const at = document.activeElement;
  const labels = [...(at?.labels ?? [])].map((label) => label.innerText);
  const by = at?.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id)?.innerText) ?? [];
  const name = at?.getAttribute("aria-label") ?? [...by, ...labels].join(" ");
  const style = at ? getComputedStyle(at) : undefined;
  return { name: name || at?.innerText || "", kind: at?.type ?? at?.tagName ?? "",
           seen: Boolean(style && (style.outlineStyle !== "none" || style.boxShadow !== "none")) };
}"""


def _focused(page: Page) -> dict[str, object]:
    """What has the focus, in the customiser's frame where that has it."""
    where: Page | Frame = page
    if page.evaluate("document.activeElement?.tagName") == "IFRAME":
        where = next(frame for frame in page.frames if "/customise" in frame.url)
    found: dict[str, object] = where.evaluate(_FOCUSED)
    return found


def _tab_to(page: Page, name: str, *, kind: str | None = None) -> None:
    """Press Tab until something with this name has the focus."""
    wanted = re.compile(name, re.IGNORECASE)
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = _focused(page)
        passed.append(at["name"])
        if wanted.search(str(at["name"])) and kind in (None, at["kind"]):
            assert at["seen"], f"nobody sees that {at['name']!r} has the focus"
            return
    raise AssertionError(f"Tab does not reach {name!r}; it passes {passed}")


def _open(page: Page, shop: str) -> None:
    page.goto(shop)
    _tab_to(page, "mug")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Personalise")).to_be_enabled()
    _tab_to(page, "^Personalise$")
    page.keyboard.press("Enter")
    expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible(timeout=20_000)


def test_a_mug_is_bought_without_a_mouse(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        _open(page, demo.shop)
        frame = frame_of(page)
        for _ in range(8):
            if frame.locator(".text-input").count():
                break
            _tab_to(page, "^Next")
            page.keyboard.press("Enter")
        _tab_to(page, "", kind="text")
        page.keyboard.press("Control+A")
        page.keyboard.type("Wilhelmina")
        expect(frame.locator(".text-input").first).to_have_value("Wilhelmina")
        _tab_to(page, "", kind="radio")
        page.keyboard.press("ArrowRight")
        for _ in range(12):
            if frame.get_by_role("button", name="Finish").count():
                break
            _tab_to(page, "^Next")
            page.keyboard.press("Enter")
        _tab_to(page, "^Finish")
        page.keyboard.press("Enter")

        page.wait_for_url("**/cart", timeout=30_000)
        expect(page.locator(".line")).to_contain_text("Wilhelmina")
        _tab_to(page, "^Pay")
        page.keyboard.press("Enter")
        wait_until_ready(page)


def test_escape_leaves_the_designer_and_the_focus_comes_back(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        _open(page, demo.shop)
        _tab_to(page, "^Next")

        page.keyboard.press("Escape")

        expect(page.locator("iframe")).to_have_count(0)
        assert _focused(page)["name"] == "Personalise"


def test_the_focus_stays_in_the_designer(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        _open(page, demo.shop)

        for _ in range(MOST_STOPS):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement?.closest('dialog') !== null || !document.hasFocus()") or (
                page.evaluate("document.activeElement === document.body")
            ), _focused(page)
