"""What the readers of all parts of one catalogue file share. Knows no part in particular."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5

import yaml

from spiff.catalogue.compiled import CompiledFile
from spiff.catalogue.mistakes import Mistakes
from spiff.catalogue.model import Terms
from spiff.catalogue.tables import Table
from spiff.catalogue.vocabulary import KEYS
from spiff.composing.document import Cmyk
from spiff.composing.workflow import Option
from spiff.rendering.processes.pool import RenderPool

NAMESPACE = UUID("5b1f66a4-2f0c-4b4f-9a64-0d6d8a3c7f10")
"""Derived ids are UUIDv5: the partner's name in this namespace, everything else in the namespace of its partner."""


@dataclass(frozen=True, slots=True)
class ReadOption:
    """An option, its variants by the names they have in the file, and where their prices are written."""

    option: Option
    variants: dict[str, str]
    prices: dict[str, yaml.Node]


@dataclass(slots=True)
class Reading:
    """One file being read."""

    file: Path
    environ: Mapping[str, str]
    intake: RenderPool
    """Looks through the files of its assets."""
    mistakes: Mistakes = field(default_factory=Mistakes)
    notes: Mistakes = field(default_factory=Mistakes)
    """What is no mistake but hardly meant so."""
    partner_id: UUID = NAMESPACE
    terms: Terms | None = None
    """The partner's, of products without their own."""
    assets: dict[str, CompiledFile] = field(default_factory=dict)
    options: dict[str, ReadOption] = field(default_factory=dict)
    inks: dict[str, tuple[str, Cmyk | None, yaml.Node]] = field(default_factory=dict)
    """Spot inks by their names in small letters: as they are written first, how they look, and where that stands."""
    places: dict[str, yaml.Node] = field(default_factory=dict)
    """Where the part with an id stands in the file."""
    names: dict[str, str] = field(default_factory=dict)
    """What the part with an id is called."""
    _taken: dict[tuple[str, ...], yaml.Node] = field(default_factory=dict)

    def table(self, node: yaml.Node, what: str, part: str) -> Table:
        """`node` as the mapping that `part` of the vocabulary describes; `what` names it in sentences."""
        return Table(node, what, self.mistakes).only(KEYS[part])

    def id_of(self, table: Table, *path: str) -> str:
        """The explicit id of a part, or the one derived from its names; no two parts have the same."""
        name = "/".join(path)
        found = table.identifier(uuid5(self.partner_id, name))
        other = self.names.setdefault(found, name)
        self.places.setdefault(found, table.node)
        if other != name:
            self.mistakes.add(table.place("id"), f'this "id" is also that of {other}')
        return found

    def require_unique(self, place: yaml.Node, kind: str, *values: str) -> None:
        """Note a mistake where another part of the file already has these values."""
        first = self._taken.setdefault((kind, *values), place)
        if first is not place:
            self.mistakes.add(place, f"this {kind} is already written in line {first.start_mark.line + 1}")
