"""The door for a shopper's own files: who may, what is refused and why, and what is kept."""

import io
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fixtures.hostile import MARKER, corpus
from fixtures.hostile.hostile import Hostile
from fixtures.hostile.pictures import HEIC, jpeg
from fixtures.hostile.videos import mp4
from PIL import Image
from starlette.testclient import TestClient

from spiff.app import create_app
from spiff.auth.caller import Caller
from spiff.composing.workflow import Picture
from spiff.transactions import operations, store, uploads
from spiff.transactions.model import Upload
from spiff.web.routing import Services
from tests.assets.drawings import svg
from tests.assets.test_fonts import made_ttf
from tests.transactions.conftest import Shopper

# The drawings name a path when they are collected. One for each process that tests: the first to end removes its own.
SECRET = Path(tempfile.gettempdir()) / f"spiff-upload-secret-{os.getpid()}.txt"
NOBODY = "11111111-2222-4333-8444-555555555555"
BOX = svg('<rect width="9" height="9" fill="red"/>')


def send(shopper: Shopper, data: bytes, name: str = "x", token: str | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token or shopper.token}"}
    return shopper.client.post(
        f"/api/transactions/{shopper.id}/uploads", params={"name": name}, content=data, headers=headers
    )


def photo(width: int, height: int, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


def recorded(services: Services, shopper: Shopper) -> dict[str, Upload]:
    return services.database.read_now(lambda work: uploads.uploads_of(work, shopper.id))


def test_a_stranger_may_not_upload(shopper: Shopper, services: Services) -> None:
    answer = shopper.client.post(f"/api/transactions/{shopper.id}/uploads", content=BOX)

    assert answer.status_code == 401
    assert recorded(services, shopper) == {}


def test_the_owner_of_another_transaction_may_not_upload(
    shopper: Shopper, another: Callable[[], Shopper], services: Services
) -> None:
    assert send(shopper, BOX, token=another().token).status_code == 401
    assert recorded(services, shopper) == {}


def test_there_is_no_upload_without_a_transaction(shopper: Shopper) -> None:
    shopper.id = NOBODY

    assert send(shopper, BOX).status_code == 404


def test_an_ordered_transaction_takes_nothing_more(shopper: Shopper, services: Services) -> None:
    services.database.write_now(lambda work: store.move(work, shopper.id, "created", "ordered"))

    answer = send(shopper, BOX)

    assert (answer.status_code, answer.json()["code"]) == (409, "already-ordered")


def test_a_file_over_the_limit_is_refused(services: Services, shopper: Shopper) -> None:
    small = msgspec.structs.replace(services.settings, upload_limit_bytes=1_000)
    limited = Services(small, services.database, services.files, services.rendering, services.intake)
    with TestClient(create_app(limited), raise_server_exceptions=False) as client:
        shopper.client = client

        answer = send(shopper, jpeg())

    assert (answer.status_code, answer.json()["limitBytes"]) == (413, 1_000)
    assert recorded(services, shopper) == {}


def test_nothing_at_all_is_no_file(shopper: Shopper) -> None:
    answer = send(shopper, b"")

    assert (answer.status_code, answer.json()["code"]) == (422, "file-empty")


def test_a_font_is_nothing_a_shopper_adds(shopper: Shopper) -> None:
    answer = send(shopper, made_ttf())

    assert (answer.status_code, answer.json()["code"]) == (422, "upload-kind")


def test_uploads_are_counted(shopper: Shopper, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_UPLOADS", 2)
    for side in (10, 20):
        assert send(shopper, photo(side, side)).status_code == 201

    answer = send(shopper, photo(30, 30))

    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-uploads")
    assert len(recorded(services, shopper)) == 2


HOSTILE = {
    "billion-laughs.svg",
    "entity-file.svg",
    "use-file.svg",
    "use-path.svg",
    "use-http.svg",
    "css-url-file.svg",
    "css-import-path.svg",
    "element-script.svg",
    "element-foreign-object.svg",
    "element-image-file.svg",
    "element-recursive-pattern.svg",
    "use-bomb.svg",
    "clip-bomb.svg",
    "many-references.svg",
    "nested-groups.svg",
    "20000.png",
    "cut-off.jpg",
    "lying.jpg",
    "page-in-a-note.png",
    "glyph-of-itself.ttf",
    "lying-bomb.woff2",
    "cut-off.webp",
    "lying.heic",
    "cut-off.mp4",
    "buffer-file.glb",
    "not-in-utf-8.glb",
}


@pytest.mark.parametrize("hostile", [each for each in corpus(SECRET) if each.name in HOSTILE], ids=str)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_hostile_file_is_refused_with_its_reason_and_the_next_is_taken(
    shopper: Shopper, services: Services, hostile: Hostile
) -> None:
    SECRET.write_text(MARKER)

    answer = send(shopper, hostile.make(), hostile.name)

    SECRET.unlink()
    assert (answer.status_code, answer.json()["code"]) == (422, hostile.code)
    assert MARKER not in answer.text
    assert len(answer.json()["detail"]) > 10
    assert recorded(services, shopper) == {}
    assert send(shopper, BOX).status_code == 201


def test_a_photo_is_kept_upright_and_bare_with_a_small_copy(shopper: Shopper, services: Services) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "a secret place"

    answer = send(shopper, photo(1600, 1200, exif=exif), "C:\\photos\\me\t.jpg")

    said = answer.json()
    assert answer.status_code == 201
    assert (said["kind"], said["mimeType"], said["name"], said["hasAlpha"]) == (
        "picture",
        "image/jpeg",
        "me.jpg",
        False,
    )
    assert (said["widthPx"], said["heightPx"]) == (1200, 1600)
    kept, proxy = (shopper.client.get(f"/files/{said[each]}") for each in ("sha256", "proxy"))
    assert shopper.client.get(said["address"]).content == kept.content
    assert b"secret" not in kept.content
    assert Image.open(io.BytesIO(kept.content)).size == (1200, 1600)
    assert Image.open(io.BytesIO(proxy.content)).size == (750, 1000)
    assert (kept.headers["content-type"], proxy.headers["content-type"]) == ("image/jpeg", "image/jpeg")
    assert recorded(services, shopper) == {
        said["sha256"]: Upload(said["sha256"], "picture", "me.jpg", 1200, 1600, said["proxy"])
    }


def test_only_the_owner_reads_which_uploads_there_are(shopper: Shopper) -> None:
    said = send(shopper, photo(40, 30), "a.jpg").json()

    assert "uploads" not in shopper.read().json()["data"]
    assert shopper.read(owner=True).json()["data"]["uploads"] == [
        {name: said[name] for name in ("sha256", "kind", "name", "address", "widthPx", "heightPx", "proxy")}
    ]


def test_composing_knows_the_sizes_of_pictures_and_which_uploads_are_drawings(
    shopper: Shopper, services: Services
) -> None:
    picture, drawing = (send(shopper, data).json()["sha256"] for data in (photo(40, 30), BOX))
    send(shopper, mp4())

    drawable = services.database.read_now(lambda work: operations.get_drawable(Caller(), work, "https://x", shopper.id))

    assert drawable.context.pictures == {picture: Picture(40, 30)}
    assert drawable.context.drawings == (drawing,)


def test_a_photo_of_a_phone_is_kept_as_what_browsers_show(shopper: Shopper) -> None:
    said = send(shopper, HEIC, "a.heic").json()

    assert (said["mimeType"], said["widthPx"], said["heightPx"]) == ("image/jpeg", 64, 48)
    assert said["proxy"] == said["sha256"]


def test_a_drawing_is_kept_as_its_paths_and_nothing_of_the_file_stays(shopper: Shopper) -> None:
    said = send(shopper, BOX.replace(b"<svg", b"<!-- a secret place --><svg"), "bee.svg").json()

    kept = shopper.client.get(f"/files/{said['sha256']}", headers={"Origin": "https://shop.example"})
    assert (said["kind"], said["mimeType"], said["paths"]) == ("drawing", "application/json", 1)
    assert (said["slots"], said["colors"]) == ([{"id": "spiff-fill-1", "color": "#ff0000"}], ["#ff0000"])
    assert json.loads(kept.content)["paths"] == [{"d": "M0 0L9 0L9 9L0 9Z", "fillSlot": "spiff-fill-1"}]
    assert (kept.headers["content-type"], kept.headers["access-control-allow-origin"]) == ("application/json", "*")
    assert b"secret" not in kept.content


@pytest.mark.parametrize(
    ("called", "told"),
    [
        ("Screenshot at 3.14\u202fPM.svg", "Screenshot at 3.14 PM.svg"),
        ("👨\u200d👩\u200d👧 عکس\u200cها.svg", "👨\u200d👩\u200d👧 عکس\u200cها.svg"),
        ("C:\\Photos\\us.svg", "us.svg"),
        ("a\u202egvs.svg\x00", "agvs.svg"),
        ("", "upload"),
    ],
)
def test_a_file_is_called_as_its_owner_called_it(shopper: Shopper, called: str, told: str) -> None:
    assert send(shopper, BOX, called).json()["name"] == told


def test_a_video_is_kept_as_it_came(shopper: Shopper) -> None:
    said = send(shopper, mp4(), "a.mp4").json()

    assert (said["kind"], said["mimeType"], said["widthPx"]) == ("video", "video/mp4", None)
    assert shopper.client.get(f"/files/{said['sha256']}").content == mp4()


def test_the_same_file_twice_is_one_upload_and_belongs_to_each_who_sent_it(
    shopper: Shopper, another: Callable[[], Shopper], services: Services
) -> None:
    other = another()

    first, again, theirs = send(shopper, BOX, "a.svg"), send(shopper, BOX, "b.svg"), send(other, BOX, "c.svg")

    assert [answer.status_code for answer in (first, again, theirs)] == [201, 201, 201]
    assert (again.json(), theirs.json()["name"]) == (first.json(), "c.svg")
    assert list(recorded(services, shopper)) == list(recorded(services, other)) == [first.json()["sha256"]]
