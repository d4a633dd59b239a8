"""Measures `spiff render`: the sample design from a file of lines, composed and drawn by two processes and by one."""

import json
import time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from fixtures.composing import FONT_FILES, HERE, designs, drawings

from benchmarks.order_seed import open_shop
from benchmarks.sample_design import PHOTO, PHOTO_SIZE, photo
from spiff.assets.model import File
from spiff.assets.operations import record_file
from spiff.catalogue import store
from spiff.catalogue.model import WorkflowName, WorkflowVersion
from spiff.fulfilment.bulk import render_lines
from spiff.settings import Settings, load_settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.storage.migrating import migrate
from spiff.storage.work import Work

Row = dict[str, object]

ROUNDS, DESIGNS, WARM = 4, 1_000, 300


def rows() -> list[Row]:
    """How many designs a second, each with a headline of its own; in turns, the quietest round of each counts."""
    with TemporaryDirectory() as folder:
        settings = load_settings(data_dir=folder)
        lines = _lines(settings)
        rounds = [(_per_second(settings, lines, 2), _per_second(settings, lines, 1)) for _ in range(ROUNDS)]
    two, one = max(both for both, _ in rounds), max(alone for _, alone in rounds)
    what = "designs to PDF by spiff render: two processes, one"
    return [{"what": what, "measured": two, "peer": one, "ratio": two / one, "unit": "1/s"}]


def _per_second(settings: Settings, lines: list[bytes], processes: int) -> float:
    """Between a design by which all processes are at work and the last; the files go into memory."""
    with TemporaryDirectory(dir="/dev/shm") as out:  # how fast a disk takes files is not ours
        made = render_lines(settings, lines, Path(out), Path(out), format_="pdf", processes=processes)
        for _ in range(WARM):
            next(made)
        begun = time.perf_counter()
        files = sum(each.files for each in made)
        assert files == len(lines) - WARM
        return files / (time.perf_counter() - begun)


def _lines(settings: Settings) -> list[bytes]:
    """The sample design, which is sold now in a new installation, with one headline a line."""
    migrate(settings.database)
    names = _put_files(FileStore(settings.files))
    database = Database(settings.database)
    sold = database.write_now(lambda work: _sell(work, names))
    database.close()
    answers: dict[str, Any] = json.loads(_named(json.dumps(designs()["sample"]["answers"]), names))
    return [
        json.dumps(
            {
                "integrationProductId": sold,
                "answers": answers | {"title": answers["title"] | {"text": f"Happy Birthday, No. {number}!"}},
            }
        ).encode()
        for number in range(DESIGNS)
    ]


def _put_files(files: FileStore) -> dict[str, str]:
    """The digests of the design's fonts, drawings and photo by the names that the fixture has for them."""
    paths: dict[str, str] = json.loads((HERE / "fonts.json").read_text())
    contents = {name: (FONT_FILES / path).read_bytes() for name, path in paths.items()}
    contents |= {name: msgspec.json.encode(drawing) for name, drawing in drawings().items()}
    return {name: files.put(data) for name, data in (contents | {PHOTO: photo()}).items()}


def _sell(work: Work, names: dict[str, str]) -> str:
    """Publish the design's workflow for the one product of a new shop. Returns what the shop's page would name."""
    integration, sold = open_shop(work)
    document = _named(json.dumps(designs()["sample"]["workflow"]), names)
    workflow = WorkflowName(work.new_id(), integration.partner_id, "sample", "Sample")
    store.save(work, workflow)
    store.add_version(work, WorkflowVersion(workflow.id, 1, sha256(document.encode()).hexdigest()), document)
    store.set_product_workflows(work, sold.product_id, [workflow.id])
    digest, (width_px, height_px) = names[PHOTO], PHOTO_SIZE
    record_file(work, File(digest, "picture", "image/jpeg", "photo.jpg", len(photo()), width_px, height_px, digest))
    return sold.id


def _named(document: str, names: dict[str, str]) -> str:
    for name, digest in names.items():
        document = document.replace(json.dumps(name), json.dumps(digest))
    return document
