"""The signing helpers in `clients/`: each runs its own test, in its own language."""

import subprocess
import sys
from pathlib import Path

import pytest

CLIENTS = Path("clients")


@pytest.mark.parametrize(
    ("folder", "command"),
    [
        ("python", [sys.executable, "-m", "unittest"]),
        ("php", ["php", "-d", "error_reporting=-1", "test.php"]),
        ("javascript", ["node", "--test"]),
    ],
)
def test_a_helper_makes_the_shared_vectors(folder: str, command: list[str]) -> None:
    ran = subprocess.run(command, cwd=CLIENTS / folder, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_helper_is_tried() -> None:
    assert {each.name for each in CLIENTS.iterdir() if each.is_dir()} == {"python", "php", "javascript"}
