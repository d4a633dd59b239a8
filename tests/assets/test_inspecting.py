"""The one door for files, and its command."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from fixtures.hostile.models import glb
from fixtures.hostile.pictures import jpeg
from fixtures.hostile.videos import mp4, webm
from typer.testing import CliRunner

from spiff.assets.cli import described
from spiff.assets.inspecting import MOST_BYTES, Accepted, IntakeBusy, Refused, inspect_file, inspect_soon, intake_pool
from spiff.cli import commands
from spiff.composing.resources import Drawing
from spiff.rendering.failures import RenderFailed
from spiff.rendering.processes.pool import RenderPool
from tests.assets.drawings import DRAWINGS, svg
from tests.assets.test_fonts import made_otf, made_ttf
from tests.rendering.panels import png, quadrants


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with intake_pool() as one:
        yield one


def accepted(pool: RenderPool, data: bytes, name: str = "x") -> Accepted:
    outcome = inspect_file(pool, name, data)
    assert isinstance(outcome, Accepted), outcome
    return outcome


def refused(pool: RenderPool, data: bytes) -> Refused:
    outcome = inspect_file(pool, "x", data)
    assert isinstance(outcome, Refused), outcome
    return outcome


@pytest.mark.parametrize(
    ("data", "kind", "mime_type"),
    [
        pytest.param(png(quadrants(30, 20)), "picture", "image/png", id="png"),
        pytest.param(jpeg(), "picture", "image/jpeg", id="jpeg"),
        pytest.param(made_ttf(), "font", "font/ttf", id="ttf"),
        pytest.param(made_otf(), "font", "font/otf", id="otf"),
        pytest.param(svg('<rect width="9" height="9"/>'), "drawing", "application/json", id="svg"),
        pytest.param(
            b'\xef\xbb\xbf<?xml version="1.0"?>\n' + DRAWINGS["arcs"], "drawing", "application/json", id="svg-with-bom"
        ),
        pytest.param(glb(), "model", "model/gltf-binary", id="glb"),
        pytest.param(mp4(), "video", "video/mp4", id="mp4"),
        pytest.param(mp4(b"qt  "), "video", "video/quicktime", id="quicktime"),
        pytest.param(webm(), "video", "video/webm", id="webm"),
    ],
)
def test_a_file_is_what_its_bytes_say(pool: RenderPool, data: bytes, kind: str, mime_type: str) -> None:
    outcome = accepted(pool, data, "called.pdf")

    assert (outcome.kind, outcome.kept.mime_type) == (kind, mime_type)
    assert outcome.sha256 == hashlib.sha256(outcome.kept.data).hexdigest()


@pytest.mark.parametrize(
    "data", [made_ttf(), made_otf(), glb(), mp4(), webm()], ids=["ttf", "otf", "glb", "mp4", "webm"]
)
def test_what_needs_no_change_is_kept_as_it_came(pool: RenderPool, data: bytes) -> None:
    assert accepted(pool, data).kept.data == data


def test_an_illustration_comes_with_its_paths(pool: RenderPool) -> None:
    outcome = accepted(pool, svg('<rect width="9" height="9"/>'))

    assert outcome.drawing is not None
    assert outcome.drawing.paths[0].d == "M0 0L9 0L9 9L0 9Z"
    assert b"svg" not in outcome.kept.data


def test_a_font_comes_with_its_name_drawn(pool: RenderPool) -> None:
    outcome = accepted(pool, made_otf())

    assert outcome.proxy is not None
    assert outcome.proxy.kind == "drawing"
    assert msgspec.json.decode(outcome.proxy.data, type=Drawing).paths


@pytest.mark.parametrize(
    "tail", [jpeg(), b"\0" * 50, b"\0\0notes of a phoneSEFT"], ids=["another jpeg", "zeros", "notes"]
)
def test_what_phones_put_behind_a_photo_is_let_through(pool: RenderPool, tail: bytes) -> None:
    assert accepted(pool, jpeg() + tail).kind == "picture"


def test_a_file_over_the_limit_is_not_even_handed_over(pool: RenderPool) -> None:
    assert refused(pool, bytes(MOST_BYTES + 1)).code == "file-too-large"


@pytest.mark.parametrize(
    ("job", "code"),
    [
        ("stuck", "file-out-of-time"),
        ("crashing", "file-crashed"),
        ("wrong", "file-unreadable"),
    ],
)
def test_a_child_that_does_not_answer_is_a_refusal(job: str, code: str) -> None:
    functions = {"inspect": f"tests.rendering.odd_jobs:{job}"}

    with RenderPool(1, seconds=0.5, functions=functions) as pool:
        assert refused(pool, b"x").code == code


def test_files_beyond_those_that_may_wait_are_turned_away() -> None:
    with RenderPool(1, seconds=0.5, functions={"inspect": "tests.rendering.odd_jobs:stuck"}, most_waiting=1) as pool:
        waiting = [inspect_soon(pool, "x", b"x") for _ in range(2)]

        with pytest.raises(IntakeBusy):
            inspect_soon(pool, "x", b"x")

        assert [each.result() for each in waiting] == [refused(pool, b"x")] * 2
        assert inspect_soon(pool, "x", b"x").result()


def test_a_closed_pool_says_nothing_about_the_file() -> None:
    pool = intake_pool()
    pool.close()

    with pytest.raises(RenderFailed, match="closed"):
        inspect_file(pool, "x", b"x")


def test_the_command_prints_a_line_for_each_file_and_fails_where_one_is_refused(tmp_path: Path) -> None:
    good, bad, absent = tmp_path / "good.svg", tmp_path / "bad.svg", tmp_path / "absent.svg"
    line = '<circle cx="50" cy="50" r="40" fill="none" stroke="red"/>'
    good.write_bytes(svg('<rect width="9" height="9" fill="red"/>' + line))
    bad.write_bytes(svg("<script/>"))

    result = CliRunner().invoke(commands, ["assets", "inspect", str(good), str(bad), str(absent)])

    first, second, third = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 1
    assert (first["accepted"], first["kind"], first["colors"]) == (True, "drawing", ["#ff0000"])
    assert (first["paths"], first["lines"]) == (2, 1)
    assert (second["file"], second["accepted"], second["code"]) == (str(bad), False, "svg-element")
    assert (third["accepted"], third["code"]) == (False, "file-unreadable")


def test_the_materials_of_a_model_are_told(pool: RenderPool) -> None:
    outcome = accepted(pool, glb(materials=[{"name": "body"}, {}, {"name": "lid"}, {"name": "body"}]), "a.glb")

    assert described(outcome)["materials"] == ("body", "lid")


def test_the_command_succeeds_where_all_are_accepted(tmp_path: Path) -> None:
    picture, font = tmp_path / "a.bin", tmp_path / "b.bin"
    picture.write_bytes(png(quadrants(30, 20)))
    font.write_bytes(made_ttf())

    result = CliRunner().invoke(commands, ["assets", "inspect", str(picture), str(font)])

    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert (first["widthPx"], first["heightPx"]) == (30, 20)
    assert (second["family"], second["characters"], second["coverage"]) == ("Square Sans", 3, "U+41-42,U+41F")
