"""Whatever happens while a design is made, it is there afterwards: no network, a killed tab, a restarted server."""

import json
import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, expect

from tests.journeys.conftest import browsing
from tests.journeys.device import clear_storage, is_saved, kill
from tests.journeys.running import RunningDemo, eventually, read_bytes
from tests.journeys.shopping import go_to_text

_OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
_ONLINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
_PICTURE = Path(__file__).parents[2] / "examples" / "shop" / "pictures" / "hills.png"


def test_ten_minutes_offline_lose_nothing_and_finishing_waits(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        page.clock.install()
        _open(page, demo, "mug")
        _write(page, "Online")
        network = _network(browser, page)

        network.send("Network.emulateNetworkConditions", _OFFLINE)
        _write(page, "Offline")
        expect(page.locator(".save-note")).to_have_text("Saves once you’re online")
        drawn = page.locator(".preview .panel-view").first.inner_html()
        page.clock.run_for(10 * 60 * 1000)
        _write(page, "Still offline")
        eventually(lambda: page.locator(".preview .panel-view").first.inner_html() != drawn, "the preview goes on")
        _press_finish(page)
        expect(page.get_by_role("alert")).to_contain_text("can’t reach")

        seen = page.locator(".preview .panel-view").first.inner_html()

        network.send("Network.emulateNetworkConditions", _ONLINE)
        page.evaluate("dispatchEvent(new Event('online'))")
        page.clock.run_for(31_000)
        expect(page.locator(".save-note")).to_have_text("Saved")
        page.get_by_role("button", name="Finish").click()
        expect(page.locator(".reference")).to_be_visible()
        design = page.locator(".reference").inner_text().split()[-1]
    panel = read_bytes(f"{demo.ready['baseUrl']}/api/transactions/{design}/panels/wrap.svg").decode()
    assert re.findall(r' d="([^"]+)"', panel)[-1] in seen


def test_a_customiser_opened_without_a_network_comes_once_it_is_back(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        page.goto(f"{demo.shop}/products/mug")
        expect(page.get_by_role("button", name="Personalise")).to_be_enabled()
        browser.set_offline(True)
        page.get_by_role("button", name="Personalise").click()
        expect(page.get_by_role("button", name="Close")).to_be_visible()

        browser.set_offline(False)

        expect(page.frame_locator("iframe").get_by_role("button", name="Next")).to_be_visible(timeout=20_000)


def test_a_photo_chosen_without_a_network_is_sent_when_it_is_back(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        _open(page, demo, "poster")
        network = _network(browser, page)
        eventually(lambda: is_saved(page), "the transaction is open")
        network.send("Network.emulateNetworkConditions", _OFFLINE)
        page.locator("input[type=file]").set_input_files(_PICTURE)
        expect(page.locator(".upload-waiting")).to_contain_text("is kept on this device")

        network.send("Network.emulateNetworkConditions", _ONLINE)
        page.evaluate("dispatchEvent(new Event('online'))")

        expect(page.locator(".placing-pad")).to_be_visible()


def test_a_killed_browser_loses_neither_words_nor_a_photo_that_was_not_sent(demo: RunningDemo, tmp_path: Path) -> None:
    with suppress(Error), browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        _open(page, demo, "poster")
        eventually(lambda: is_saved(page), "the transaction is open")
        _network(browser, page).send("Network.emulateNetworkConditions", _OFFLINE)
        page.locator("input[type=file]").set_input_files(_PICTURE)
        expect(page.locator(".upload-waiting")).to_be_visible()
        go_to_text(page)
        page.locator(".text-input").first.fill("Typed just now")
        kill(tmp_path)

    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        with page.expect_response(lambda answer: "/uploads" in answer.url and answer.status == 201):
            _open(page, demo, "poster")
        expect(page.locator(".notice")).to_contain_text("We kept your design.")
        expect(page.locator(".placing-pad")).to_be_visible()
        go_to_text(page)
        expect(page.locator(".text-input").first).to_have_value("Typed just now")


def test_a_killed_tab_loses_not_even_what_was_not_sent(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        _open(page, demo, "mug")
        eventually(lambda: is_saved(page), "the transaction is open")
        _network(browser, page).send("Network.emulateNetworkConditions", _OFFLINE)
        _write(page, "Typed just now")
        with page.expect_event("crash"):
            _crash(page)

        fresh = browser.new_page()
        _open(fresh, demo, "mug")

        expect(fresh.locator(".text-input").first).to_have_value("Typed just now")
        expect(fresh.locator(".notice")).to_contain_text("We kept your design.")


def test_cleared_storage_is_made_up_for_by_the_link(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        _open(page, demo, "mug")
        _write(page, "Worth keeping")
        page.get_by_role("button", name="Save and share").click()
        page.get_by_role("button", name="Make a link").first.click()
        link = page.get_by_role("dialog").get_by_role("textbox").first.input_value()
        page.goto("about:blank")
        clear_storage(browser, page, demo.ready["baseUrl"])

        page.goto(link)

        expect(page.locator(".text-input").first).to_have_value("Worth keeping")


def test_storage_that_is_cleared_while_the_page_is_open_is_filled_again(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        _open(page, demo, "mug")
        _write(page, "Before")
        eventually(lambda: is_saved(page), "the text is saved")
        clear_storage(browser, page, demo.ready["baseUrl"])

        _write(page, "After")
        eventually(lambda: is_saved(page), "the text is saved again")
        page.reload()

        expect(page.locator(".text-input").first).to_have_value("After")


def test_a_draft_of_an_earlier_version_is_taken_over_from_local_storage(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        product = demo.product("mug")
        step = next(each for each in demo.workflow("mug")["steps"] if each["type"] == "Text")["stepName"]
        draft = json.dumps({"answers": {step: {"text": "From long ago"}}, "unsaved": [step]})
        page.goto(f"{demo.ready['baseUrl']}/docs")
        key = f"spiff.draft.{product['id']}.{product['workflows'][0]['id']}"
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, draft])

        _open(page, demo, "mug")

        expect(page.locator(".text-input").first).to_have_value("From long ago")
        eventually(lambda: is_saved(page), "the text is saved")
        assert page.evaluate("localStorage.length") == 0


def test_two_tabs_that_change_the_same_ask_which_to_keep(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, quiet=False) as browser:
        first, second = browser.pages[0], browser.new_page()
        _open(first, demo, "mug")
        _write(first, "Beginning")
        eventually(lambda: is_saved(first), "the first tab is saved")
        _open(second, demo, "mug")
        expect(second.locator(".text-input").first).to_have_value("Beginning")

        _write(first, "From the first")
        eventually(lambda: is_saved(first), "the first tab is saved again")
        with second.expect_response(lambda answer: answer.status == 412):
            _write(second, "From the second")

        expect(second.locator(".notice")).to_contain_text("another window")
        expect(second.locator(".text-input").first).to_have_value("From the second")
        second.locator(".notice .link").first.click()
        expect(second.locator(".text-input").first).to_have_value("From the first")


def test_what_two_tabs_wrote_without_a_network_is_there_after_both_were_killed(
    demo: RunningDemo, tmp_path: Path
) -> None:
    with suppress(Error), browsing(tmp_path, quiet=False) as browser:
        first, second = browser.pages[0], browser.new_page()
        _open(first, demo, "mug")
        eventually(lambda: is_saved(first), "the transaction is open")
        _open(second, demo, "mug")
        for page, text in ((first, "From the first"), (second, "From the second")):
            _network(browser, page).send("Network.emulateNetworkConditions", _OFFLINE)
            page.bring_to_front()
            _write(page, text)
        kill(tmp_path)

    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        _open(page, demo, "mug")
        expect(page.locator(".text-input").first).to_have_value("From the second")
        expect(page.locator(".notice")).to_contain_text("You and another window changed the same thing.")
        page.get_by_role("button", name="Use the other version").click()
        expect(page.locator(".text-input").first).to_have_value("From the first")


def test_a_server_that_restarts_is_waited_for(own_demo: RunningDemo, tmp_path: Path) -> None:
    own_demo.start()
    with browsing(tmp_path / "browser", quiet=False) as browser:
        page = browser.pages[0]
        _open(page, own_demo, "mug")
        _write(page, "Before the restart")
        eventually(lambda: is_saved(page), "the text is saved")
        own_demo.kill()
        _write(page, "While it was away")
        expect(page.locator(".save-note")).to_have_text("Saves once you’re online")

        own_demo.start()

        expect(page.locator(".save-note")).to_have_text("Saved", timeout=60_000)
        clear_storage(browser, page, own_demo.ready["baseUrl"])
        _press_finish(page)
        expect(page.locator(".reference")).to_be_visible()


def _open(page: Page, demo: RunningDemo, product: str) -> None:
    page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product(product)['id']}")
    expect(page.get_by_role("button", name="Next")).to_be_visible(timeout=20_000)


def _write(page: Page, text: str) -> None:
    page.locator(".scene-link").first.click()
    page.locator(".text-input").first.fill(text)


def _press_finish(page: Page) -> None:
    page.locator(".scene-link").last.click()
    while not page.get_by_role("button", name="Finish").count():
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Finish").click()


def _network(browser: BrowserContext, page: Page) -> CDPSession:
    session = browser.new_cdp_session(page)
    session.send("Network.enable")
    return session


def _crash(page: Page) -> None:
    """End the tab's process at once; nobody is there to answer the command."""
    with suppress(Error):
        page.goto("chrome://crash")
