"""What a test starts ends with it, also where the test does not get to its first line."""

from pathlib import Path

import pytest

from tests.crash import programs
from tests.crash.programs import Installation


def test_an_installation_that_does_not_get_ready_leaves_no_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "START_SECONDS", 0.0)
    installation = Installation(tmp_path, {"SPIFF_DATABASE_URL": f"sqlite:///{tmp_path / 'spiff.db'}"})

    with pytest.raises(AssertionError, match="web-0 is ready"), installation:
        pytest.fail("it cannot be ready in no time")

    assert [each.name for each in installation.programs if each.is_running()] == []
    assert all(each.pid for each in installation.programs), "they were started"
