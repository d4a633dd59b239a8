"""The house rules of style.md that a program can check."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "spiff").rglob("*.py"))
MIGRATIONS = ROOT / "src" / "spiff" / "storage" / "migrations"
"""Lists of statements, written once and never changed: their length says nothing."""
LONGEST_FUNCTION = 50
LONGEST_MODULE = 400


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if MIGRATIONS not in path.parents], ids=lambda path: str(path.relative_to(ROOT))
)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")

    long = [
        each.name for each in _functions(ast.parse(text)) if (each.end_lineno or 0) - each.lineno >= LONGEST_FUNCTION
    ]

    assert not long
    assert len(text.splitlines()) <= LONGEST_MODULE


def test_only_the_database_commits_or_rolls_back() -> None:
    """A domain that committed by itself would split what must be both or neither."""
    offenders = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.name not in {"database.py", "migrating.py"}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback", "begin_nested"}
    ]

    assert offenders == []


def test_domains_take_time_and_chance_from_the_unit_of_work() -> None:
    """An operation that reads a clock of its own cannot be tested, and two of them disagree within one transaction."""
    domains = {
        "merchants",
        "assets",
        "catalogue",
        "transactions",
        "orders",
        "fulfilment",
        "events",
        "pricing",
        "webhooks",
    }
    offenders = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.parent.name in domains and path.name in {"operations.py", "store.py", "model.py", "jobs.py"}
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"utcnow", "now", "uuid4", "time"}
        if not (isinstance(node.value, ast.Name) and node.value.id == "work")
    ]

    assert offenders == []


def test_every_suppression_names_its_rule_and_its_reason() -> None:
    for path in [*SOURCES, *(ROOT / "tests").rglob("*.py")]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if "# no" + "qa" in line or "# type: ig" + "nore" in line:
                assert " - " in line.split("#")[-1] or line.count("#") > 1, f"{path.relative_to(ROOT)}:{number}"


def test_the_page_that_traces_a_request_names_files_that_exist() -> None:
    page = (ROOT / "docs" / "how-a-request-travels.md").read_text("utf-8")

    named = {word.strip("`,.;:()") for word in page.split() if word.startswith("`") and "/" in word}
    files = [name for name in named if name.endswith((".py", ".ts", ".tsx", ".md", ".yaml"))]

    assert len(files) >= 10
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_every_setting_is_in_the_reference() -> None:
    from spiff.settings import Settings

    page = (ROOT / "docs" / "settings.md").read_text("utf-8")

    assert [name for name in Settings.__struct_fields__ if f"`SPIFF_{name.upper()}`" not in page] == []


def test_every_error_code_is_in_the_reference() -> None:
    """Codes are for programs: whoever writes one must be able to look them all up."""
    from spiff import app  # noqa: F401 - loading the app defines every failure
    from spiff.errors import SpiffError

    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    waiting, codes = [SpiffError], set()
    while waiting:
        kind = waiting.pop()
        codes.add(kind.code)
        waiting += kind.__subclasses__()

    assert [code for code in sorted(codes) if f"`{code}`" not in page] == []


def test_every_code_of_a_field_is_in_the_reference() -> None:
    """Those stand in `errors[]` of a problem, and no class is named for them."""
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    written = re.compile(r'"code": "([a-z-]+)"|\bProblem\([^,()]+, "([a-z-]+)"|\bcode = "([a-z-]+)" if')

    codes = {next(filter(None, found)) for path in SOURCES for found in written.findall(path.read_text("utf-8"))}

    assert {"wrong-type", "amount", "text", "duplicate"} <= codes
    assert [code for code in sorted(codes) if f"`{code}`" not in page] == []


def test_the_import_rules_hold_for_every_package() -> None:
    """A new folder must take its place in the order of the layers."""
    import tomllib

    layers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
    rooms = {
        f"spiff.{path.stem}"
        for path in (ROOT / "src" / "spiff").iterdir()
        if path.stem not in {"__init__", "__pycache__"}
    }

    assert rooms - {"spiff.py"} <= set(layers)


def test_migrations_are_one_line_in_the_order_of_their_names() -> None:
    """Two that were written side by side must be put one behind the other: no database could be brought up to both."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(MIGRATIONS))
    walked = [each.revision for each in script.walk_revisions()] if len(script.get_heads()) == 1 else []

    assert walked == sorted((path.name[:4] for path in (MIGRATIONS / "versions").glob("0*.py")), reverse=True)
