"""Files in folders that somebody watches: whole, once, and never outside."""

from pathlib import Path

import pytest

from spiff.delivery.hot_folder import STATE, NameTaken, UnsafeName, inside, put_once


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/../../b", "/a", ".spiff/a", "a\\b", "a:b", "a\0b", 'a"b'])
def test_a_name_that_would_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsafeName):
        put_once(tmp_path, name, "key", b"data")


def test_a_file_is_put_with_its_folders(tmp_path: Path) -> None:
    assert put_once(tmp_path, "mugs/1.pdf", "key", b"data") == inside(tmp_path, "mugs/1.pdf")
    assert (tmp_path / "mugs" / "1.pdf").read_bytes() == b"data"


def test_a_file_that_the_printer_took_is_not_put_again(tmp_path: Path) -> None:
    put_once(tmp_path, "1.pdf", "key", b"data").unlink()

    put_once(tmp_path, "1.pdf", "key", b"data")

    assert not (tmp_path / "1.pdf").exists()


def test_another_file_of_the_same_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "1.pdf").write_bytes(b"another")

    with pytest.raises(NameTaken):
        put_once(tmp_path, "1.pdf", "key", b"data")

    assert (tmp_path / "1.pdf").read_bytes() == b"another"


def test_whoever_was_cut_off_before_the_file_had_its_name_puts_it(tmp_path: Path) -> None:
    state = tmp_path / STATE
    state.mkdir()
    (state / "key.part").write_bytes(b"data")
    (state / "key.taken").write_bytes(b"")

    put_once(tmp_path, "1.pdf", "key", b"data")

    assert (tmp_path / "1.pdf").read_bytes() == b"data"
