"""What browsers get of the customiser, and how long they may keep it. The built parts are needed: `make browser`."""

import gzip
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from spiff.errors import NotFound
from spiff.web.parts import PageParts

PAGE, SCRIPT = "/customise", "/api.js"
PLAIN, PACKED = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip, deflate, br"}


def _hashed_parts(client: TestClient) -> list[str]:
    named = re.findall(r'"(/static/customiser/[^"]+)"', client.get(PAGE).text)
    (script,) = [each for each in named if each.endswith(".js")]
    engines = re.findall(r"harfbuzz-\w+\.wasm", client.get(script).text)
    return [*named, *(f"/static/customiser/{each}" for each in engines)]


def test_hashed_parts_the_shaping_engine_among_them_are_kept_for_good(client: TestClient) -> None:
    parts = _hashed_parts(client)

    answers = [client.get(each) for each in parts]

    kinds = [answer.headers["content-type"].partition(";")[0] for answer in answers]
    assert sorted(kinds) == ["application/wasm", "text/css", "text/javascript"]
    for answer in answers:
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_part_is_compressed_for_those_who_take_it_and_is_the_same_for_others(client: TestClient) -> None:
    for part in [PAGE, SCRIPT, *_hashed_parts(client)]:
        packed, plain = client.get(part, headers=PACKED), client.get(part, headers=PLAIN)

        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.content == plain.content
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
        assert packed.headers["etag"] != plain.headers["etag"]
        assert all("Accept-Encoding" in answer.headers["vary"].split(", ") for answer in (packed, plain))


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("GZIP;q=0.5", True),
        ("*", True),
        ("br, *;q=0.1", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("xgzip", False),
    ],
)
def test_gzip_is_sent_only_where_it_is_taken(tmp_path: Path, accepted: str, packed: bool) -> None:
    (tmp_path / "a.js").write_bytes(b"1")
    (tmp_path / "a.js.gz").write_bytes(gzip.compress(b"1"))

    reply = PageParts(tmp_path).reply("a.js", {"accept-encoding": accepted})

    assert (reply.headers.get("Content-Encoding") == "gzip") == packed


@pytest.mark.parametrize("part", [PAGE, SCRIPT])
def test_what_keeps_its_name_is_asked_for_each_time_and_sent_only_when_it_changed(
    client: TestClient, part: str
) -> None:
    first = client.get(part)
    tag = first.headers["etag"]

    again = [client.get(part, headers={"If-None-Match": each}) for each in (tag, f'"other", W/{tag}', "*")]
    changed = client.get(part, headers={"If-None-Match": '"other"'})

    assert first.headers["cache-control"] == "no-cache"
    assert re.fullmatch(r'"[0-9a-f]{64}"', tag)
    for answer in again:
        assert (answer.status_code, answer.content) == (304, b"")
        assert (answer.headers["etag"], answer.headers["cache-control"]) == (tag, "no-cache")
        assert "content-encoding" not in answer.headers
    assert (changed.status_code, changed.content) == (200, first.content)


@pytest.mark.parametrize("path", [PAGE, "/resume", "/shared", "/docs"])
def test_every_page_allows_its_own_files_and_has_nothing_inline(client: TestClient, path: str) -> None:
    answer = client.get(path)
    rules = dict(rule.strip().split(" ", 1) for rule in answer.headers["content-security-policy"].split(";"))

    assert answer.headers["content-type"].startswith("text/html")
    assert rules["default-src"] == "'none'"
    assert set(rules.get("script-src", "").split()) <= {"'self'", "'wasm-unsafe-eval'"}
    for kind in ("style-src", "img-src", "font-src", "connect-src"):
        assert set(rules.get(kind, "").split()) <= {"'self'", "data:", "blob:"}, kind
    assert re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|<[^>]+\son\w+=|javascript:", answer.text) is None
    for address in re.findall(r'<(?:script|link|img|iframe)[^>]*\s(?:src|href)="([^"]*)"', answer.text):
        assert address.startswith(("/", "data:")), address


@pytest.mark.parametrize(
    "name",
    [
        "customiser/" + "a%25" * 300,
        "customiser/" + "a%" * 300,
        "customiser",
        "customiser/",
        "customiser/%00",
        "..%2fpages.py",
        "customiser/..%2f..%2fpages.py",
        "customiser%5cindex.html",
        "/etc/passwd",
        "api.js.gz",
        "%ff",
    ],
)
def test_a_name_that_is_none_of_ours_is_not_found(client: TestClient, name: str) -> None:
    answer = client.get(f"/static/{name}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_folder_is_listed_once_and_a_part_that_went_away_since_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.css").write_bytes(b"1")
    (tmp_path / "b.css").write_bytes(b"1")
    parts = PageParts(tmp_path)
    assert parts.reply("folder/a.css", {}).body == b"1"
    (tmp_path / "late.css").write_bytes(b"1")
    (tmp_path / "folder" / "a.css").unlink()
    (tmp_path / "b.css").unlink()

    assert parts.reply("folder/a.css", {}).body == b"1"
    for name in ("late.css", "b.css"):
        with pytest.raises(NotFound):
            parts.reply(name, {})


def test_where_nothing_is_built_nothing_is_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        PageParts(tmp_path / "static").reply("api.js", {})
