from datetime import timedelta
from pathlib import Path

import pytest

from spiff.storage.clock import clock_beside, utc_now


@pytest.mark.parametrize(
    ("said", "ahead"), [("600", 600), ("-60.5\n", -60.5), ("", 0), ("soon", 0), ("1e99", 0), ("nan", 0)]
)
def test_a_clock_is_as_far_ahead_as_its_file_says_when_it_is_looked_at(tmp_path: Path, said: str, ahead: float) -> None:
    file = tmp_path / "clock"
    clock = clock_beside(str(file))
    before = clock() - utc_now()
    file.write_text(said)

    now = clock() - utc_now()

    assert abs(before) < timedelta(seconds=5)
    assert abs(now - timedelta(seconds=ahead)) < timedelta(seconds=5)
