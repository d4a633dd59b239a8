"""The README's commands and its snippet do what it says."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import browsing
from tests.journeys.running import RunningDemo

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@contextmanager
def _serving(page: str) -> Iterator[str]:
    """A shop of its own origin whose every page is this one."""

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_command_of_try_it_is_a_target_of_the_makefile() -> None:
    (target,) = (block.split()[1] for block in _blocks("sh") if block.startswith("make "))

    assert re.search(rf"^{target}:.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_the_signed_order_of_the_readme_is_placed(demo: RunningDemo) -> None:
    (command,) = (block for block in _blocks("sh") if "place_order" in block)
    script = command.split()[-1]
    ready = demo.ready
    arguments = [ready["baseUrl"], ready["accessKey"], ready["secret"], ready["products"][0]["integrationProductId"]]

    done = subprocess.run(
        [sys.executable, ROOT / script, *arguments], capture_output=True, text=True, check=True, timeout=60
    )

    order = json.loads(done.stdout)
    assert order["orderItems"][0]["amountToOrder"] == 1
    assert order["status"] in {"received", "rendering", "ready"}


def test_the_snippet_of_the_readme_opens_the_customiser(demo: RunningDemo, tmp_path: Path) -> None:
    (snippet,) = _blocks("html")
    product = demo.ready["products"][0]["integrationProductId"]
    snippet = snippet.replace("http://127.0.0.1:8600", demo.ready["baseUrl"])
    snippet = snippet.replace("the integration product's id", product)
    page_of_a_shop = f"<!doctype html><title>A shop</title><script>const addToCart = () => 0;</script>{snippet}"

    with _serving(page_of_a_shop) as address, browsing(tmp_path / "profile") as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("button", name="Personalise").click()
        frame = page.frame_locator("iframe[data-spiff=customiser]")

        expect(frame.get_by_role("button", name="Next")).to_be_visible(timeout=20_000)


def test_the_example_order_without_a_demo_says_to_start_it(tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "examples" / "place_order.py"

    run = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run.returncode == 1
    assert run.stderr.startswith("There is no demo-data/demo.json here: start `make demo`")
    assert "Traceback" not in run.stderr
