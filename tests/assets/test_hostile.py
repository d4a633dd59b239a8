"""The intake of files that were made to hurt: each is refused in time, and the next file is read all the same."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from fixtures.hostile import MARKER, corpus
from fixtures.hostile.hostile import Hostile

from spiff.assets.cli import described
from spiff.assets.inspecting import Accepted, Refused, inspect_file, intake_pool
from spiff.rendering.processes.pool import RenderPool
from tests.assets.drawings import DRAWINGS

# The drawings name a path when they are collected. One for each process that tests: the first to end removes its own.
SECRET = Path(tempfile.gettempdir()) / f"spiff-hostile-secret-{os.getpid()}.txt"
GOOD = DRAWINGS["use and defs"]


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    SECRET.write_text(MARKER)
    with intake_pool() as one:
        yield one
    SECRET.unlink()


@pytest.mark.parametrize("hostile", list(corpus(SECRET)), ids=str)
def test_a_hostile_file_is_refused_in_time_and_the_next_is_read(pool: RenderPool, hostile: Hostile) -> None:
    data = hostile.make()
    inspect_file(pool, "warm", GOOD)

    outcome = inspect_file(pool, hostile.name, data)

    assert isinstance(outcome, Refused), outcome
    assert (outcome.code, outcome.file) == (hostile.code, hostile.name), outcome.reason
    assert MARKER.encode() not in msgspec.json.encode(described(outcome))
    assert 10 < len(outcome.reason) < 500
    assert isinstance(inspect_file(pool, "good.svg", GOOD), Accepted)


def test_names_of_hostile_files_are_all_different() -> None:
    names = [each.name for each in corpus(SECRET)]

    assert len(names) == len(set(names)) > 150
