"""docs/first-product.md, followed to the letter: from an empty folder to a print file that can be read."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pikepdf
from playwright.sync_api import expect

from tests.journeys.conftest import browsing
from tests.journeys.running import eventually, free_port, read_bytes

ROOT = Path(__file__).parents[2]
FONT = ROOT / "browser/node_modules/@expo-google-fonts/noto-sans/500Medium/NotoSans_500Medium.ttf"
PAGE = (ROOT / "docs" / "first-product.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


class Reader:
    """Somebody with a shell in a new folder, and ports that nobody else has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.shop_port = free_port(), free_port()
        commands = Path(sys.executable).parent
        self.environment = {
            **os.environ,
            "PATH": f"{commands}:{os.environ['PATH']}",
            "SHOP_SECRET": "as-long-as-one-of-openssl",
            # What `spiff serve` alone would be; the page has the usual port.
            "SPIFF_BASE_URL": f"http://127.0.0.1:{self.port}",
        }

    def copied(self, text: str) -> str:
        """What is on the page, with this reader's ports."""
        return text.replace("8600", str(self.port)).replace("8000", str(self.shop_port))

    def types(self, text: str) -> str:
        """Run a block of commands; what they print."""
        done = subprocess.run(
            ["bash", "-euc", self.copied(text)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def leaves_running(self, command: str) -> Iterator[None]:
        """A command in a second terminal."""
        words = self.copied(command).split()
        with (self.folder / "log").open("ab") as log:
            running = subprocess.Popen(words, cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            running.terminate()
            running.wait(30)


def _answers(address: str) -> bool:
    try:
        return bool(read_bytes(address))
    except OSError:
        return False


def test_who_follows_the_page_has_a_print_file(tmp_path: Path) -> None:
    ((catalogue,), (page,)) = _blocks("yaml"), _blocks("html")
    apply, serve, order, show = _blocks("sh")
    (shop,) = re.findall(r"`(python3 -m http\.server [^`]+)`", PAGE)
    folder = tmp_path / "shop"
    folder.mkdir()
    reader = Reader(folder)
    (folder / "lettering.ttf").write_bytes(FONT.read_bytes())
    (folder / "catalogue.yaml").write_text(catalogue, "utf-8")

    told = reader.types(apply.partition("\n")[2])  # the secret is made by this reader

    (sold,) = re.findall(r"sold name-card as integration product ([0-9a-f-]{36})", told)
    (folder / "index.html").write_text(reader.copied(page.replace("the integration product's id", sold)), "utf-8")
    shop_address = f"http://127.0.0.1:{reader.shop_port}/"
    with reader.leaves_running(f"{serve.strip()} --port {reader.port}"), reader.leaves_running(shop):
        eventually(lambda: _answers(f"http://127.0.0.1:{reader.port}/readyz"), "the platform is ready", 60)
        eventually(lambda: _answers(shop_address), "the shop answers")
        transaction = _designed(shop_address, tmp_path / "profile")
        reader.types(order.replace('"…"', f'"{transaction}"'))
        eventually(lambda: "front.pdf" in reader.types(show), "the print file is made")
        (address,) = re.findall(r"front\.pdf, [0-9,]+ bytes: (\S+)", reader.types(show))
        data = read_bytes(address)

    with pikepdf.open(BytesIO(data)) as pdf:
        assert [float(each) for each in pdf.pages[0].MediaBox] == [0, 0, 255, 170]


def _designed(shop_address: str, profile: Path) -> str:
    """Cream paper and another name; the transaction that the page then shows."""
    with browsing(profile) as context:
        page = context.new_page()
        page.goto(shop_address)
        page.get_by_role("button", name="Make it yours").click()
        frame = page.frame_locator("iframe[data-spiff=customiser]")
        frame.get_by_role("radio", name="Cream").check(force=True)
        frame.get_by_role("button", name="Next").click()
        frame.get_by_role("textbox", name="Your name").fill("Grace Hopper")
        frame.get_by_role("button", name="Next").click()
        expect(frame.get_by_text("13.50").first).to_be_visible()
        frame.get_by_role("button", name="Finish").click()
        bought = page.locator("#bought")
        expect(bought).to_have_text(re.compile("[0-9a-f-]{36}"))
        return bought.inner_text()
