"""A workflow while its steps are read: what every step type's reader is given, and gives back. Knows no step type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from spiff.catalogue.reading.reading import Reading, ReadOption
from spiff.catalogue.tables import Table
from spiff.composing.workflow import OptionType, Panel, Step


@dataclass(frozen=True, slots=True)
class ReadStep:
    """A step and the option it chooses from."""

    step: Step
    option: ReadOption | None
    is_known: bool = True
    """Whether its type is; otherwise that is told, and nothing more of it."""


@dataclass(slots=True)
class WorkflowReading:
    """One workflow being read: its panels, and its steps as far as they were read."""

    reading: Reading
    key: str
    panels: Mapping[str, Panel]
    names: frozenset[str]
    """All its steps' names, also those that are still to come."""
    steps: dict[str, ReadStep] = field(default_factory=dict)


Common = dict[str, Any]
"""The members every step has, by their names in composing."""


@dataclass(frozen=True, slots=True)
class StepType:
    """How one type of step is read. `chooses` is the key of its option and the type that must have."""

    read: Callable[[Reading, Table, Common], Step]
    chooses: tuple[str, OptionType] | None = None
    needs_choice: bool = True
    draws: bool = True
    """Whether it needs regions."""
