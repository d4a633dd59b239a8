"""On a phone's screen everything around the steps is reached with a finger, a mouse, and the keys alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import PHONE, browsing
from tests.journeys.running import RunningDemo

Press = Callable[[Locator], None]


def _by_finger(control: Locator) -> None:
    control.tap()


def _by_mouse(control: Locator) -> None:
    control.click()


def _by_keys(control: Locator) -> None:
    """A radio button is chosen by the space bar, and so is a button."""
    inside = control.locator("input")
    (inside if inside.count() else control).press("Space")


HANDS = [pytest.param(_by_finger, id="finger"), pytest.param(_by_mouse, id="mouse"), pytest.param(_by_keys, id="keys")]


@pytest.mark.parametrize("press", HANDS)
def test_undo_panels_zoom_and_price_work_on_a_phone(demo: RunningDemo, tmp_path: Path, press: Press) -> None:
    with browsing(tmp_path, PHONE) as browser:
        page = browser.pages[0]
        _open(page, demo, "mug")
        text, seen = page.locator(".text-input").first, page.locator(".stage svg").first
        before = text.input_value()
        text.fill("Done by hand")

        press(page.get_by_role("button", name="Undo"))
        expect(text).to_have_value(before)
        press(page.get_by_role("button", name="Redo"))
        expect(text).to_have_value("Done by hand")

        whole = str(seen.get_attribute("viewBox"))
        press(page.get_by_role("button", name="Zoom in"))
        expect(seen).not_to_have_attribute("viewBox", whole)
        press(page.get_by_role("button", name="Move right"))
        press(page.get_by_role("button", name="Show all"))
        expect(seen).to_have_attribute("viewBox", whole)

        press(page.get_by_role("navigation").get_by_role("button", name="Gift box"))
        press(page.locator("label", has_text="In a gift box"))
        sides = page.get_by_role("group", name="Sides")
        for side in ("Gift box", "Mug", "Gift box"):
            press(sides.get_by_role("button", name=side))
            expect(page.get_by_role("img", name=f"Preview of {side}")).to_be_visible()

        press(page.locator(".total-button"))
        details = page.get_by_role("region", name="What it costs")
        expect(details).to_contain_text("Base price")
        _is_on_the_screen(page, details)
        press(page.locator(".total-button"))
        expect(details).to_have_count(0)


@pytest.mark.parametrize("press", [HANDS[0], HANDS[2]])
def test_categories_and_links_work_on_a_phone(demo: RunningDemo, tmp_path: Path, press: Press) -> None:
    with browsing(tmp_path, PHONE) as browser:
        page = browser.pages[0]
        _open(page, demo, "tote")
        choices = page.locator(".choice-grid, .choices, fieldset").filter(has_text="Fern").first
        expect(choices.get_by_text("Sun over the sea")).to_be_visible()
        press(page.locator(".chip", has_text="Garden"))
        expect(choices.get_by_text("Sun over the sea")).to_have_count(0)
        expect(choices.get_by_text("Fern")).to_be_visible()

        press(page.get_by_role("button", name="Save and share"))
        parts = page.get_by_role("dialog").locator(".share-part")
        expect(parts).to_have_count(2)
        for part in parts.all():
            press(part.get_by_role("button", name="Make a link"))
            expect(part.get_by_role("textbox")).to_be_visible()
        view = parts.last.get_by_role("textbox").input_value()
        press(page.get_by_role("dialog").get_by_role("button", name="Close"))
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.goto(view)
        expect(page.locator(".shared-choices")).to_be_visible()
        assert page.locator("input, textarea, select").count() == 0


def test_what_is_missing_or_too_long_is_told_where_it_is_seen_and_moves_nothing(
    demo: RunningDemo, tmp_path: Path
) -> None:
    with browsing(tmp_path / "profile", PHONE, quiet=False) as browser:
        page = browser.pages[0]
        _open(page, demo, "poster")
        page.get_by_role("button", name="Next").tap()
        missing = page.locator(".finding", has_text="Please add a file.")
        expect(missing).to_be_visible()
        _is_above(missing, page.locator(".action-bar"))
        (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff no picture")
        page.locator("input[type=file]").first.set_input_files(tmp_path / "broken.jpg")
        refused = page.locator(".upload-failure", has_text="broken.jpg")
        expect(refused).to_be_in_viewport(ratio=1)
        _is_above(page.locator(".scene-nav"), refused)

        _open(page, demo, "mug")
        preview = page.locator(".preview")
        expect(page.locator(".save-note.saved")).to_be_visible()
        before = preview.bounding_box()
        page.locator(".text-input").first.fill("Far too long a text for this little mug of ours")
        expect(page.locator(".save-note.held")).to_be_visible()
        assert preview.bounding_box() == before

        page.locator(".text-input").first.fill("Amira")
        page.get_by_role("navigation").get_by_role("button", name="Gift box").tap()
        page.locator("label", has_text="In a gift box").tap()
        page.locator("textarea").fill("Line" + 15 * "\n" + "after line")
        too_much = page.locator(".finding", has_text="too long for its place")
        expect(too_much).to_be_visible()
        _is_above(too_much, page.locator(".action-bar"))


def test_two_fingers_enlarge_the_preview(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, PHONE) as browser:
        page = browser.pages[0]
        _open(page, demo, "badge")
        seen = page.locator(".stage svg").first
        whole = str(seen.get_attribute("viewBox"))

        _spread_fingers(browser, page, seen)

        wide, shown = (float(box.split()[2]) for box in (whole, str(seen.get_attribute("viewBox"))))
        assert shown < wide * 0.7


@pytest.mark.parametrize(
    "size", [(844, 180), (320, 256)], ids=["on its side, with its keyboard", "four times as large"]
)
def test_where_there_is_hardly_any_height_the_bars_scroll_away(
    demo: RunningDemo, tmp_path: Path, size: tuple[int, int]
) -> None:
    """The preview and both bars stayed, and nothing was left for the steps."""
    with browsing(tmp_path, size) as browser:
        page = browser.pages[0]
        _open(page, demo, "mug")
        text = page.locator(".text-input").first

        text.click()
        text.press_sequentially("Seen")

        _is_on_the_screen(page, text)
        page.get_by_role("button", name="Next").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Look")
        _is_on_the_screen(page, page.get_by_role("heading", level=1))


def _open(page: Page, demo: RunningDemo, product: str) -> None:
    page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product(product)['id']}")
    expect(page.get_by_role("button", name="Next")).to_be_visible(timeout=20_000)
    expect(page.locator(".stage svg path").first).to_be_attached()


def _is_above(shown: Locator, bar: Locator) -> None:
    """What lies below the bar's upper edge is hidden by it."""
    box, edge = shown.bounding_box(), bar.bounding_box()
    assert box
    assert edge
    assert box["y"] + box["height"] <= edge["y"]


def _is_on_the_screen(page: Page, shown: Locator) -> None:
    box, size = shown.bounding_box(), page.viewport_size
    assert box
    assert size
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    assert box["y"] + box["height"] <= size["height"]


def _spread_fingers(browser: BrowserContext, page: Page, on: Locator) -> None:
    box = on.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    fingers = browser.new_cdp_session(page)
    for kind, apart in (("touchStart", 30), *(("touchMove", 30 + 10 * step) for step in range(1, 7)), ("touchEnd", 0)):
        points = [{"x": middle[0] + side * apart, "y": middle[1], "id": at} for at, side in enumerate((-1, 1))]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if apart else []})
