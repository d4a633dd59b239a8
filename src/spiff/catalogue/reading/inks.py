"""Reads `inks`: with which colour and ink each colour slot of a drawing is printed."""

from collections.abc import Iterator, Sequence

from spiff.catalogue.compiled import CompiledFile
from spiff.catalogue.mistakes import did_you_mean
from spiff.catalogue.reading.colors import read_ink
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import slot_names
from spiff.catalogue.tables import Table, pairs
from spiff.composing.workflow import SlotInk


def read_inks(reading: Reading, table: Table, drawings: Sequence[CompiledFile]) -> tuple[SlotInk, ...]:
    """What `inks` says, each slot one that some of these drawings has; nothing where it is not written."""
    return tuple(_inks(reading, table, drawings)) if table.has("inks") else ()


def _inks(reading: Reading, table: Table, drawings: Sequence[CompiledFile]) -> Iterator[SlotInk]:
    slots = list(dict.fromkeys(slot for drawing in drawings for slot in slot_names(drawing)))
    for slot, (place, node) in pairs(table.place("inks"), '"inks"', reading.mistakes):
        within = reading.table(node, f'the ink of "{slot}"', "ink")
        if slots and slot not in slots:
            table.mistakes.add(place, f'the drawing has no colour slot "{slot}"{did_you_mean(slot, slots)}')
        yield SlotInk(slot, within.color("color"), read_ink(reading, within))
