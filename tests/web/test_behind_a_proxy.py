"""The web server in front, configured as docs/operations.md says: what shops sign arrives as it was sent."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2 as httpx
import msgspec

from spiff.app import create_app
from spiff.web.routing import Services
from tests.journeys.running import eventually, free_port
from tests.orders.shops import open_shop, order_body
from tests.serving import serving

NGINX = Path(sys.prefix) / "nginx" / "usr" / "sbin" / "nginx"  # from scripts/system-packages
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


@contextmanager
def in_front_of(address: str, folder: Path) -> Iterator[str]:
    """The documented nginx, on this machine and without the certificate nobody has here."""
    (server,) = re.findall(r"```nginx\n(.*?)```", OPERATIONS.read_text("utf-8"), re.DOTALL)
    port = free_port()
    server = re.sub(r" *ssl_certificate.*\n", "", server).replace("443 ssl", f"127.0.0.1:{port}")
    server = server.replace("http://127.0.0.1:8600", address)
    paths = " ".join(f"{each}_temp_path {folder};" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    config = folder / "nginx.conf"
    config.write_text(
        f"user {_this_user()};\n" * (os.geteuid() == 0)
        + f"daemon off; pid {folder}/pid; error_log {folder}/log;\nevents {{}}\n"
        + f"http {{ access_log off; {paths}\n{server} }}\n"
    )
    running = subprocess.Popen([NGINX, "-p", folder, "-c", config, "-e", folder / "log"])
    try:
        eventually(lambda: _answers(f"http://127.0.0.1:{port}/healthz"), "the proxy answers")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def _this_user() -> str:
    return subprocess.run(["id", "--user", "--name"], capture_output=True, text=True, check=True).stdout.strip()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def behind_the_proxy(services: Services, folder: Path, **changed: int) -> Iterator[str]:
    """The platform with the settings of the same page, and these."""
    settings = msgspec.structs.replace(services.settings, trusted_proxies=1, **changed)
    app = create_app(replace(services, settings=settings))
    with serving(app, proxy_headers=False) as address, in_front_of(address, folder) as public:
        yield public


def test_signed_orders_arrive_as_they_were_signed_and_changed_ones_are_refused(
    services: Services, tmp_path: Path
) -> None:
    shop = open_shop(services)
    body = order_body(shop.finished())
    headers = shop.headers(body)
    with behind_the_proxy(services, tmp_path) as public:
        address = f"{public}/api/v2/orders"
        changed = httpx.post(address, content=body.replace(b'"amountToOrder"', b'"amountToOrder" '), headers=headers)
        placed = httpx.post(address, content=body, headers=headers)

    assert (changed.status_code, placed.status_code) == (401, 201)


def test_callers_are_told_apart_behind_it_and_cannot_make_their_address_up(services: Services, tmp_path: Path) -> None:
    with behind_the_proxy(services, tmp_path, rate_limit_per_address=1) as public:
        made_up = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(2)]
        statuses = [httpx.get(f"{public}/api/integration-products", headers=each).status_code for each in made_up]

    assert statuses == [400, 429]


def test_what_is_too_large_is_refused_by_the_platform_with_a_reason(services: Services, tmp_path: Path) -> None:
    with behind_the_proxy(services, tmp_path) as public:
        refused = httpx.post(f"{public}/api/transactions", content=b" " * (services.settings.body_limit_bytes + 1))

    assert (refused.status_code, refused.json()["code"]) == (413, "too-large")
