"""The command's promise to an operator: a mistake ends with a sentence, not with a trace."""

import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from spiff import __version__, serving
from spiff.cli import commands
from spiff.storage.migrating import migrate
from spiff.web.connections import MOST_OPEN
from tests.journeys.running import free_port


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["sign", "missing.json", "--key", "a", "--secret", "s3cret"], {}),
        (["serve"], {"SPIFF_DATABASE_URL": "garbage"}),
        (["serve"], {"SPIFF_DATABASE_URL": "postgresql+psycopg://x:s3cret@127.0.0.1:1/x"}),
        (["serve"], {"SPIFF_LOG_LEVEL": "nonsense"}),
        (["serve"], {"SPIFF_FILES_URL": "nonsense"}),
        (["serve"], {"SPIFF_FILES_URL": "s3://"}),
        (["serve"], {"SPIFF_DATABSE_URL": "sqlite:///x.db"}),
        (["serve", "--port", "99999"], {}),
        (["catalogue", "lint", "missing.yaml"], {}),
    ],
)
def test_a_mistake_ends_with_a_sentence(arguments: list[str], environment: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "spiff.cli", *arguments],
        cwd=tmp_path,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stderr
    assert done.stderr.strip()


def _spiff(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "spiff.cli", *arguments]
    environ = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    "arguments", [["orders", "verify"], ["jobs", "list"], ["tidy"], ["keys", "list"], ["webhooks", "list"]]
)
def test_who_looks_in_the_wrong_folder_is_told_so_and_no_empty_installation_is_made(
    arguments: list[str], tmp_path: Path
) -> None:
    """`spiff orders verify` said of it that nothing was wrong."""
    done = _spiff(tmp_path, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no database at {tmp_path}/data/spiff.db" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_told(tmp_path: Path) -> None:
    assert _spiff(tmp_path, "--version").stdout == f"spiff {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["jobs", "list", "--status", "nonsense"],
        ["orders", "list", "--status", "nonsense"],
        ["sign", "-", "--secret", "b", "--key", "nonsense:x"],
        ["sign", "-", "--key", "a", "--secret", "b", "--method", "non sense"],
        ["sign", "-", "--key", "a", "--secret", "b", "--scheme", "nonsense"],
        ["sign", "-", "--key", "a", "--secret", "b", "--digest", "nonsense"],
        ["sign", "-", "--key", "a", "--secret", "b", "--date", "nonsense"],
        ["sign", "-", "--key", "a", "--secret", "b", "--path", "nonsense://shop.example/api/v2/orders"],
        ["verify", "-", "--secret", "b", "--path", "nonsense://shop.example/api/v2/orders"],
        ["listen", "--forward", "nonsense", "--key", "a", "--secret-env", "PATH"],
    ],
)
def test_a_word_that_means_nothing_is_not_taken_for_another(arguments: list[str]) -> None:
    done = CliRunner().invoke(commands, arguments, input="{}")

    assert (done.exit_code, done.stdout) == (2, "")
    assert next(before for before, word in pairwise(arguments) if word.startswith("non")) in done.stderr


def test_no_command_offers_completion_which_would_answer_every_tab_with_an_error() -> None:
    group = typer.main.get_group(commands)
    names = group.list_commands(typer.Context(group))

    offering = [name for name in names if "completion" in CliRunner().invoke(commands, [name, "--help"]).stdout]

    assert offering == []


def test_a_server_that_cannot_listen_does_not_say_that_it_serves(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = _spiff(tmp_path, "serve", "--port", str(taken.getsockname()[1]))

    assert done.returncode != 0
    assert "is taken by another program; choose another with --host and --port" in done.stderr
    assert "event" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_kernel_without_ipv6_serves_at_a_name_that_has_an_address_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken, unspoken = socket.getaddrinfo("127.0.0.1", 0, type=socket.SOCK_STREAM), (99, socket.SOCK_STREAM, 6, "", ())
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [unspoken, *spoken])

    serving._require_free("localhost", 8600)


def test_a_port_that_another_program_has_of_ipv4_is_free_of_ipv6() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        serving._require_free("::", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (
            ["serve", "--host", "999.1.1.1"],
            {},
            "spiff: 999.1.1.1:8600 cannot be served at: Name or service not known; ",
        ),
        (["worker", "--data", "file"], {}, "file cannot be made for the database (File exists); `--data` or"),
        (["orders", "list", "--data", "other"], {}, "spiff.db is there and is no database of SQLite: move it away"),
        (
            ["orders", "verify", "--anchors", "missing", "--data", "new"],
            {},
            "spiff: missing: No such file or directory",
        ),
        (["serve"], {"SPIFF_DATABASE_URL": "mysql://x/y"}, "(SPIFF_DATABASE_URL): it must be an address such as postg"),
        (["serve", "--base-url", "spiff.example"], {}, "(SPIFF_BASE_URL): it must be an address such as https://spiff"),
        (
            ["serve"],
            {"SPIFF_DATABASE_URL": "postgresql://x@127.0.0.1:1/x"},
            'spiff: the database: connection failed: connection to server at "127.0.0.1", port 1 failed',
        ),
    ],
)
def test_a_sentence_named_an_exception_and_not_what_to_do(
    arguments: list[str], environment: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "spiff.db").write_text("a shopping list, longer than SQLite's first words are")
    migrate(f"sqlite:///{tmp_path}/new/spiff.db")

    done = _spiff(tmp_path, *arguments, **environment)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def _serve(folder: Path, soft: int, hard: int) -> Iterator[str]:
    """The log of a server that may open so many files, until it serves; its limits stand in the last line."""
    command = [sys.executable, "-m", "spiff.cli", "serve", "--port", str(free_port())]
    limit = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, preexec_fn=limit) as server:
        assert server.stderr is not None
        for line in server.stderr:
            yield line
            if '"serving"' in line:
                break
        yield Path(f"/proc/{server.pid}/limits").read_text()
        server.terminate()


def test_the_server_takes_the_files_that_its_connections_need(tmp_path: Path) -> None:
    *log, limits = _serve(tmp_path, 256, 20_000)

    assert "few-open-files" not in "".join(log)
    assert re.findall(r"Max open files +(\d+)", limits) == [str(MOST_OPEN + 1_000)]


def test_an_operator_is_told_where_the_system_allows_too_few_files(tmp_path: Path) -> None:
    *log, limits = _serve(tmp_path, 256, 1_024)

    assert "few-open-files" in "".join(log)
    assert re.findall(r"Max open files +(\d+)", limits) == ["1024"]
