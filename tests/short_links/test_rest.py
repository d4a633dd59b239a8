"""Short links lead to this installation and to named hosts, and nowhere else (contract/rest.md 11)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import msgspec
import pytest
from starlette.testclient import TestClient

from spiff.app import create_app
from spiff.settings import Settings
from spiff.short_links import store
from spiff.short_links.operations import shorten
from spiff.web.routing import Services

FILE = "http://testserver/files/" + "0" * 64


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/files/1",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://testserver/x",
        "https://evil.example/",
        "https://testserver/",
        "http://testserver:8080/",
        "http://testserver.evil.example/",
        "http://testserver@evil.example/",
        "http://evil.example\\@testserver/",
        "http://testserver/ x",
        "http://testserver/\r\nSet-Cookie: a=b",
        "http://testserver/#token",
        "http://testserver/s/abcdefghijk",
        "https://video.example:8443/x",
        "http://video.example/x",
        "https://a.video.example/x",
        "http://testserver/" + "a" * 2000,
    ],
)
def test_no_link_leads_anywhere_else(services: Services, url: str) -> None:
    settings = msgspec.structs.replace(services.settings, short_link_hosts="video.example")
    with TestClient(create_app(replace(services, settings=settings))) as client:
        refused = client.post("/shortener", json={"longUrl": url})

    assert (refused.status_code, refused.json()["code"]) == (422, "link-refused")
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/longUrl"]


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"longUrl": null}', '{"longUrl": 1}'])
def test_what_names_no_address_cannot_be_read(client: TestClient, body: str) -> None:
    assert client.post("/shortener", content=body, headers={"Content-Type": "application/json"}).status_code == 400


@pytest.mark.parametrize("code", ["abcdefghijk", "a", "a" * 44, "%00bcdefghijk", "..%2Fapi.js", "ä" * 11])
def test_a_link_that_nobody_made_leads_nowhere(client: TestClient, code: str) -> None:
    assert client.get(f"/s/{code}", follow_redirects=False).status_code == 404


def test_a_link_is_short_the_same_each_time_and_leads_there(client: TestClient) -> None:
    first, again = (client.post("/shortener", json={"longUrl": FILE}).json()["shortUrl"] for _ in range(2))

    answer = client.get(first, follow_redirects=False)

    assert first == again
    assert first.startswith("http://testserver/s/")
    assert len(first) < len(FILE) / 2
    assert (answer.status_code, answer.headers["location"]) == (302, FILE)


def test_two_addresses_whose_codes_begin_alike_lead_to_two_places(services: Services) -> None:
    settings, database = services.settings, services.database
    code = database.write_now(lambda work: shorten(work, settings, FILE))
    database.write_now(lambda work: work.connection.execute(store.short_links.update().values(url=f"{FILE}?w=1")))

    longer = database.write_now(lambda work: shorten(work, settings, FILE))

    assert longer.startswith(code)
    assert len(longer) == len(code) + 1


Opened = Callable[[str], AbstractContextManager[TestClient]]


@pytest.fixture
def opened(services: Services) -> Opened:
    """The app with these hosts named."""

    @contextmanager
    def open_with(hosts: str) -> Iterator[TestClient]:
        settings: Settings = msgspec.structs.replace(services.settings, short_link_hosts=hosts)
        with TestClient(create_app(replace(services, settings=settings))) as client:
            yield client

    return open_with


def test_a_host_that_is_no_longer_named_is_no_longer_led_to(opened: Opened) -> None:
    with opened("cdn.example, Video.example") as client:
        path = client.post("/shortener", json={"longUrl": "https://video.example/x?y=1"}).json()["shortUrl"]
        before = client.get(path, follow_redirects=False)
    with opened("cdn.example") as client:
        after = client.get(path, follow_redirects=False)

    assert (before.status_code, before.headers["location"]) == (302, "https://video.example/x?y=1")
    assert after.status_code == 404
