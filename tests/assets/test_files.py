"""The door to files: what is not there, what is, and that nobody asks twice."""

import hashlib

import pytest
from starlette.testclient import TestClient

from spiff.assets import operations
from spiff.web.routing import Services


def _kept(services: Services, data: bytes, mime_type: str = "image/png") -> str:
    file = operations.put_file(services.files, data, kind="picture", mime_type=mime_type, name="x")
    services.database.write_now(lambda work: operations.record_file(work, file))
    return file.sha256


@pytest.mark.parametrize("name", ["0" * 64, "0" * 63, "A" * 64, "..%2f..%2fetc%2fpasswd", "%00", "x"])
def test_a_file_that_was_not_kept_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/files/{name}").status_code == 404


def test_bytes_without_a_record_are_not_served(client: TestClient, services: Services) -> None:
    assert client.get(f"/files/{services.files.put(b'unrecorded')}").status_code == 404


def test_a_file_comes_back_as_it_was_kept_and_for_ever(client: TestClient, services: Services) -> None:
    digest = _kept(services, b"bytes", "font/ttf")

    answer = client.get(f"/files/{digest}")

    assert (answer.content, answer.headers["content-type"]) == (b"bytes", "font/ttf")
    assert hashlib.sha256(answer.content).hexdigest() == digest
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "inline"


def test_whoever_has_the_bytes_is_not_sent_them_again(client: TestClient, services: Services) -> None:
    digest = _kept(services, b"bytes")

    answer = client.get(f"/files/{digest}", headers={"If-None-Match": f'"{digest}"'})

    assert (answer.status_code, answer.content) == (304, b"")


def test_any_page_may_read_a_file(client: TestClient, services: Services) -> None:
    answer = client.get(f"/files/{_kept(services, b'bytes')}", headers={"Origin": "https://shop.example"})

    assert answer.headers["access-control-allow-origin"] == "*"


def test_keeping_the_same_bytes_again_changes_nothing(client: TestClient, services: Services) -> None:
    first = _kept(services, b"bytes", "image/png")

    assert _kept(services, b"bytes", "image/jpeg") == first
    assert client.get(f"/files/{first}").headers["content-type"] == "image/png"
