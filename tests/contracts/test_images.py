"""The Dockerfile and compose.yaml, as far as a machine without Docker can tell."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import typer
import yaml

from spiff.cli import commands
from spiff.settings import Settings

BIN = Path(sys.executable).parent


def test_the_dockerfile_has_no_lint() -> None:
    ran = subprocess.run([BIN / "hadolint", "Dockerfile"], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout) == (0, "")


def test_compose_is_what_the_specification_says() -> None:
    words = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "compose.yaml"]

    ran = subprocess.run(words, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_image_copies_only_what_is_there_and_not_ignored() -> None:
    text = Path("Dockerfile").read_text("utf-8")
    copied = [line.split()[1:-1] for line in text.splitlines() if line.startswith("COPY") and "--from" not in line]
    let_in = [line[1:] for line in Path(".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]

    for path in (each for group in copied for each in group):
        assert Path(path).exists(), path
        assert any(path == each or path.startswith(f"{each}/") for each in let_in), path


def test_compose_names_settings_and_commands_that_exist() -> None:
    compose: Any = yaml.safe_load(Path("compose.yaml").read_text("utf-8"))
    known = {f"SPIFF_{each.encode_name.upper()}" for each in msgspec.structs.fields(Settings)}
    programs = [each for each in compose["services"].values() if "build" in each]

    group = typer.main.get_group(commands)
    known_commands = group.list_commands(typer.Context(group))
    assert len(programs) == 2
    for each in programs:
        assert {name for name in each["environment"] if name.startswith("SPIFF_")} <= known
        command = each.get("command", ["spiff", "serve"])
        assert command[1] in known_commands


def test_every_variable_that_compose_needs_is_named_in_its_head() -> None:
    text = Path("compose.yaml").read_text("utf-8")
    head = text[: text.index("x-spiff")]

    assert set(re.findall(r"\$\{(\w+)", text)) == set(re.findall(r"[A-Z0-9_]{8,}", head))
