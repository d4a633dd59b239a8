"""Reads a YAML file as nodes that know their line. Knows no catalogue: only size, depth and well-formedness."""

import re
from pathlib import Path

import yaml

from spiff.catalogue.mistakes import CatalogueMistaken, Mistake

MOST_BYTES = 1_000_000
MOST_NODES = 50_000
MOST_DEPTH = 20
_BARE_COLOR = re.compile(r"[{,] *[A-Za-z]+: +(#[0-9a-fA-F]{3,8})\b")


def read_source(path: Path) -> yaml.Node:
    """The file's one document. Raises CatalogueMistaken where it cannot be read at all."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CatalogueMistaken(str(path), [Mistake(1, 1, f"the file has more than {MOST_BYTES} bytes")])
        return parse_source(path.read_bytes(), str(path))
    except OSError as failure:
        raise CatalogueMistaken(str(path), [Mistake(1, 1, f"cannot be read: {failure.strerror}")]) from failure


def parse_source(data: bytes, name: str) -> yaml.Node:
    """The one document in these bytes, not larger than we are willing to look at."""
    try:
        node = yaml.compose(data, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or yaml.Mark(name, 0, 0, 0, None, 0)
        sentence = f"this is not YAML: {failure.problem or failure.context}{_comment_by_chance(data, mark.line)}"
        raise CatalogueMistaken(name, [Mistake(mark.line + 1, mark.column + 1, sentence)]) from failure
    except (yaml.YAMLError, UnicodeError) as failure:
        raise CatalogueMistaken(name, [Mistake(1, 1, f"this is not YAML in UTF-8: {failure}")]) from failure
    except RecursionError as failure:
        raise CatalogueMistaken(name, [Mistake(1, 1, "this is nested too deeply")]) from failure
    if node is None:
        raise CatalogueMistaken(name, [Mistake(1, 1, "the file is empty")])
    _refuse_bombs(node, name)
    return node


def _comment_by_chance(data: bytes, line: int) -> str:
    """A colour without quotes is a comment, and the mistake shows only further down."""
    for number, each in reversed([*enumerate(data.decode("utf-8", "replace").splitlines(), 1)][: line + 1]):
        if found := _BARE_COLOR.search(each):
            return f"; in line {number}, {found[1]} needs quotes: # begins a comment"
    return ""


def _refuse_bombs(root: yaml.Node, name: str) -> None:
    """Aliases are counted as often as they are used: a small file may stand for billions of nodes."""
    waiting: list[tuple[yaml.Node, int]] = [(root, 1)]
    seen = 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if depth > MOST_DEPTH or seen > MOST_NODES:
            mark = node.start_mark
            sentence = f"this is too large or nested too deeply (at most {MOST_NODES} values, {MOST_DEPTH} levels)"
            raise CatalogueMistaken(name, [Mistake(mark.line + 1, mark.column + 1, sentence)])
        if isinstance(node, yaml.MappingNode):
            waiting += [(child, depth + 1) for pair in node.value for child in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(child, depth + 1) for child in node.value]
