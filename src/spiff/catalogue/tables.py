"""Reads one YAML mapping by the keys it may have, noting a mistake where a value is not what it should be.

Every reader gives a harmless value after a mistake, so that the rest of the file is looked at as well.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final, TypeVar
from uuid import UUID

import yaml

from spiff.catalogue.mistakes import Mistakes, did_you_mean, meant

KEY = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\Z")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?\Z")
_WHOLE = re.compile(r"-?\d{1,9}\Z")
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) ?(mm|cm|in|pt)\Z")
_POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_NULL = "tag:yaml.org,2002:null"

T = TypeVar("T")


class _Required:
    pass


REQUIRED: Final = _Required()


class Table:
    """One mapping of the file. `what` names it in sentences."""

    def __init__(self, node: yaml.Node, what: str, mistakes: Mistakes) -> None:
        self.node = node
        self.what = what
        self.mistakes = mistakes
        self._values = dict(pairs(node, what, mistakes))

    def only(self, known: Collection[str]) -> "Table":
        """Note the keys that it may not have."""
        for key, (key_node, _) in self._values.items():
            if key not in known:
                self.mistakes.add(key_node, f'{self.what} has no "{key}"{did_you_mean(key, known)}')
        return self

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self._values

    def value(self, key: str) -> yaml.Node | None:
        """The node of a key's value."""
        return self._values[key][1] if key in self._values else None

    def place(self, key: str) -> yaml.Node:
        """Where to point at for a key: its value, or the whole table."""
        return self.value(key) or self.node

    def text(self, key: str, default: str | _Required = REQUIRED, *, most: int = 200, least: int = 1) -> str:
        """Any scalar as text."""
        node = self._scalar(key, default)
        if node is None:
            return default if isinstance(default, str) else ""
        if not least <= len(node.value) <= most:
            self.mistakes.add(node, f'"{key}" must have {least} to {most} characters, not {len(node.value)}')
        return str(node.value)

    def number(
        self, key: str, default: float | _Required = REQUIRED, *, least: float = 0.0, most: float = 20_000.0
    ) -> float:
        """A number, such as a length in points."""
        node = self._scalar(key, default)
        if node is None:
            return default if isinstance(default, float) else 0.0
        if not _NUMBER.match(node.value) or node.style is not None:
            self.mistakes.add(node, f'"{key}" must be a number, not "{_short(node)}"{_in_points(node.value)}')
            return 0.0
        value = float(node.value)
        if not least <= value <= most:
            self.mistakes.add(node, f'"{key}" must be between {least:g} and {most:g}, not {node.value}')
        return value

    def whole(self, key: str, default: int | _Required = REQUIRED, *, least: int = 0, most: int = 100_000_000) -> int:
        """A whole number."""
        node = self._scalar(key, default)
        if node is None:
            return default if isinstance(default, int) else 0
        if not _WHOLE.match(node.value) or node.style is not None:
            hint = " (24.50 AUD is written 2450)" if key == "price" else ""
            self.mistakes.add(node, f'"{key}" must be a whole number{hint}, not "{_short(node)}"')
            return 0
        if not least <= int(node.value) <= most:
            self.mistakes.add(node, f'"{key}" must be between {least} and {most}, not {node.value}')
        return int(node.value)

    def flag(self, key: str, default: bool) -> bool:
        """`true` or `false`."""
        node = self._scalar(key, "")
        if node is None:
            return default
        if node.value not in {"true", "false"} or node.style is not None:
            self.mistakes.add(node, f'"{key}" must be true or false, not "{_short(node)}"')
        return bool(node.value == "true")

    def choice(self, key: str, known: dict[str, T], default: str | _Required = REQUIRED) -> T:
        """One of a few words, as what it stands for; of a misspelt one, as what was meant: no mistakes come of one."""
        node = self._scalar(key, default)
        if node is not None and node.value in known:
            return known[node.value]
        if node is not None:
            self.mistakes.add(node, f'"{key}" cannot be "{_short(node)}"{did_you_mean(node.value, known)}')
            if close := meant(node.value, known):
                return known[close]
        return known[default] if isinstance(default, str) else next(iter(known.values()))

    def color(self, key: str, *others: str) -> str | None:
        """`#rrggbb` in lower case, or one of the `others`; None where it is not written."""
        node = self._scalar(key, "")
        if node is None or node.value in others:
            return None if node is None else str(node.value)
        if not _COLOR.match(node.value):
            words = "".join(f' or "{other}"' for other in others)
            self.mistakes.add(node, f'"{key}" must be a colour like "#1f6f8b"{words} (in quotes), not "{_short(node)}"')
            return None
        return str(node.value).lower()

    def identifier(self, derived: UUID) -> str:
        """The explicit `id`, or the derived one."""
        node = self._scalar("id", "")
        if node is None:
            return str(derived)
        try:
            return str(UUID(node.value))
        except ValueError:
            self.mistakes.add(node, f'"id" must be a UUID, not "{_short(node)}"')
            return str(derived)

    def reference(self, key: str, known: dict[str, T], kind: str) -> T | None:
        """What another part of the file defines under this name; None where the key is not written."""
        node = self._scalar(key, "")
        return None if node is None else refer(node, known, kind, self.mistakes)

    def entries(self, key: str) -> list[tuple[str, yaml.Node, yaml.Node]]:
        """A mapping of names the author chose: (name, node of the name, node of the value)."""
        node = self.value(key)
        if node is None:
            return []
        found = []
        for name, (name_node, value) in pairs(node, f'"{key}"', self.mistakes):
            if not KEY.match(name) or len(name) > 60:
                self.mistakes.add(name_node, f'"{name}" must be lower-case letters, digits and hyphens (at most 60)')
            found.append((name, name_node, value))
        return found

    def items(self, key: str) -> list[yaml.Node]:
        """The values of a list."""
        node = self.value(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.mistakes.add(node, f'"{key}" must be a list')
            return []
        return list(node.value)

    def _scalar(self, key: str, default: object) -> yaml.ScalarNode | None:
        node = self.value(key)
        if node is None:
            if default is REQUIRED:
                self.mistakes.add(self.node, f'{self.what} needs "{key}"')
            return None
        return scalar(node, f'"{key}"', self.mistakes)


def scalar(node: yaml.Node, what: str, mistakes: Mistakes) -> yaml.ScalarNode | None:
    """A single value; None after a mistake."""
    if isinstance(node, yaml.ScalarNode) and node.tag != _NULL:
        return node
    sentence = "has no value" if isinstance(node, yaml.ScalarNode) else "must be a single value"
    if sentence == "has no value" and "color" in what.lower():
        sentence = 'has no value; a colour stands in quotes, such as "#1f6f8b", because # begins a comment'
    mistakes.add(node, f"{what} {sentence}")
    return None


def refer(node: yaml.Node, known: dict[str, T], kind: str, mistakes: Mistakes) -> T | None:
    """What this file defines under the name that `node` holds; None after a mistake."""
    name = scalar(node, f"the name of {kind}", mistakes)
    if name is None:
        return None
    if name.value in known:
        return known[name.value]
    mistakes.add(node, f'there is no {kind} "{_short(name)}"{did_you_mean(name.value, known)}')
    return None


def pairs(node: yaml.Node, what: str, mistakes: Mistakes) -> Iterator[tuple[str, tuple[yaml.Node, yaml.Node]]]:
    """The keys and values of a mapping, each key once."""
    if not isinstance(node, yaml.MappingNode):
        mistakes.add(node, f"{what} must be a mapping of keys to values")
        return
    first: dict[str, int] = {}
    for key_node, value in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            mistakes.add(key_node, "a key must be a word")
        elif key_node.value in first:
            mistakes.add(key_node, f'"{key_node.value}" is written twice, first in line {first[key_node.value]}')
        else:
            first[key_node.value] = key_node.start_mark.line + 1
            yield key_node.value, (key_node, value)


def _in_points(written: str) -> str:
    """What a length in another unit comes to."""
    found = _LENGTH.match(written)
    return f"; lengths are points, {written} are {float(found[1]) * _POINTS[found[2]]:.2f}" if found else ""


def _short(node: yaml.ScalarNode) -> str:
    value = str(node.value)
    return value if len(value) <= 40 else value[:39] + "…"
