"""The reference of the catalogue file is complete: every part and every key is explained, and nothing else."""

import re
from pathlib import Path

from spiff.catalogue.vocabulary import KEYS

REFERENCE = Path(__file__).parents[2] / "docs" / "catalogue.md"


def _explained() -> dict[str, set[str]]:
    sections = re.split(r"^## ", REFERENCE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    found = {}
    for section in sections:
        rows = re.findall(r"^\|([^|]*)\|", section, flags=re.MULTILINE)
        found[section.splitlines()[0]] = {key for row in rows for key in re.findall(r"`([^`]+)`", row)}
    return found


def test_every_key_is_explained_and_nothing_else() -> None:
    assert _explained() == {part: set(keys) for part, keys in KEYS.items()}
