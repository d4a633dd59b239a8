"""Writes polylines on layers as DXF text (AutoCAD 2000, AC1015). Knows no scene and chooses no layer.

2000 is the oldest version that says what its numbers measure and lets a layer be called as its ink is. It demands
tables, blocks and a dictionary even where nothing is in them; each object has a number, its handle.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from spiff.rendering.dxf.flattening import Polyline

Pair = tuple[int, object]
"""A group code, which says what follows, and a value."""

_MODEL, _PAPER = "*Model_Space", "*Paper_Space"
_MILLIMETRES, _METRIC = 4, 1
_CONTINUOUS = "Continuous"
_NOT_WESTERN = re.compile(r"[^\x00-\x7f\xa0-\xff]")
_LAST_NAMED = 0xFFFF


@dataclass(frozen=True)
class Layer:
    """Lines that one tool cuts; `color` is one of AutoCAD's numbered colours, 1 to 7. Coordinates in millimetres."""

    name: str
    color: int
    lines: tuple[Polyline, ...]


def dxf_file(layers: Sequence[Layer], width_mm: float, height_mm: float) -> bytes:
    """The drawing, its lower left corner at 0, 0. The same input gives the same bytes."""
    handles = _Handles()
    sections = (
        ("TABLES", _tables(layers, handles)),
        ("BLOCKS", _blocks(handles)),
        (
            "ENTITIES",
            [pair for layer in layers for line in layer.lines for pair in _polyline(layer.name, line, handles)],
        ),
        ("OBJECTS", _objects(handles)),
    )
    body = [pair for name, pairs in sections for pair in _section(name, pairs)]
    header = _section("HEADER", _header(width_mm, height_mm, handles.next()))
    return "".join(f"{code}\n{_written(value)}\n" for code, value in [*header, *body, (0, "EOF")]).encode("latin-1")


class _Handles:
    """Gives out handles; those of the two spaces are asked for by what belongs to them."""

    def __init__(self) -> None:
        self._counter = count(1)
        self.spaces = {_MODEL: self.next(), _PAPER: self.next()}

    def next(self) -> str:
        return f"{next(self._counter):X}"


def _written(value: object) -> str:
    """Lengths to a tenth of a micrometre, always with a point; adding zero turns -0.0 into 0.0."""
    return repr(round(value, 4) + 0.0) if isinstance(value, float) else _NOT_WESTERN.sub(_escaped, str(value))


def _escaped(character: re.Match[str]) -> str:
    """Before 2007 a file has letters of one code page, and this for all others; it names those of the first plane."""
    code = ord(character[0])
    return f"\\U+{code:04X}" if code <= _LAST_NAMED else "_"


def _section(name: str, pairs: Iterable[Pair]) -> list[Pair]:
    return [(0, "SECTION"), (2, name), *pairs, (0, "ENDSEC")]


def _header(width_mm: float, height_mm: float, seed: str) -> list[Pair]:
    return [
        *((9, "$ACADVER"), (1, "AC1015")),
        *((9, "$DWGCODEPAGE"), (3, "ANSI_1252")),
        *((9, "$HANDSEED"), (5, seed)),
        *((9, "$MEASUREMENT"), (70, _METRIC)),
        *((9, "$INSUNITS"), (70, _MILLIMETRES)),
        *((9, "$EXTMIN"), (10, 0.0), (20, 0.0), (30, 0.0)),
        *((9, "$EXTMAX"), (10, width_mm), (20, height_mm), (30, 0.0)),
    ]


def _tables(layers: Sequence[Layer], handles: _Handles) -> list[Pair]:
    lines = [_line_type(name) for name in ("ByBlock", "ByLayer", _CONTINUOUS)]
    spaces = [(_record("BlockTableRecord", name), handles.spaces[name]) for name in (_MODEL, _PAPER)]
    always = [] if any(each.name == "0" for each in layers) else [Layer("0", 7, ())]
    drawn = [_record("LayerTableRecord", each.name) + _layer(each.color) for each in (*always, *layers)]
    return [
        *_table("VPORT", [], handles),
        *_table("LTYPE", [(each, handles.next()) for each in lines], handles),
        *_table("LAYER", [(each, handles.next()) for each in drawn], handles),
        *_table("STYLE", [(_record("TextStyleTableRecord", "Standard") + _STYLE, handles.next())], handles),
        *_table("VIEW", [], handles),
        *_table("UCS", [], handles),
        *_table("APPID", [(_record("RegAppTableRecord", "ACAD"), handles.next())], handles),
        *_table("DIMSTYLE", [], handles),
        *_table("BLOCK_RECORD", spaces, handles),
    ]


_STYLE: list[Pair] = [(40, 0.0), (41, 1.0), (50, 0.0), (71, 0), (42, 2.5), (3, "txt"), (4, "")]


def _table(name: str, records: Sequence[tuple[list[Pair], str]], handles: _Handles) -> list[Pair]:
    own = handles.next()
    pairs: list[Pair] = [(0, "TABLE"), (2, name), (5, own), (330, 0), (100, "AcDbSymbolTable"), (70, len(records))]
    if name == "DIMSTYLE":
        pairs += [(100, "AcDbDimStyleTable"), (71, 0)]
    for record, handle in records:
        pairs += [(0, name), (5, handle), (330, own), (100, "AcDbSymbolTableRecord"), *record]
    return [*pairs, (0, "ENDTAB")]


def _record(kind: str, name: str) -> list[Pair]:
    """A space has no flags; of the others none is set."""
    flags: list[Pair] = [] if kind == "BlockTableRecord" else [(70, 0)]
    return [(100, f"AcDb{kind}"), (2, name), *flags]


def _line_type(name: str) -> list[Pair]:
    return [*_record("LinetypeTableRecord", name), (3, ""), (72, 65), (73, 0), (40, 0.0)]


def _layer(color: int) -> list[Pair]:
    """Plotted, in the thinnest line there is."""
    return [(62, color), (6, _CONTINUOUS), (290, 1), (370, 0)]


def _blocks(handles: _Handles) -> list[Pair]:
    pairs: list[Pair] = []
    for name, space in handles.spaces.items():
        entity: list[Pair] = [(330, space), (100, "AcDbEntity"), (8, "0")]
        base: list[Pair] = [(2, name), (70, 0), (10, 0.0), (20, 0.0), (30, 0.0), (3, name), (1, "")]
        pairs += [(0, "BLOCK"), (5, handles.next()), *entity, (100, "AcDbBlockBegin"), *base]
        pairs += [(0, "ENDBLK"), (5, handles.next()), *entity, (100, "AcDbBlockEnd")]
    return pairs


def _polyline(layer: str, line: Polyline, handles: _Handles) -> list[Pair]:
    own = handles.next()
    pairs: list[Pair] = [(0, "LWPOLYLINE"), (5, own), (330, handles.spaces[_MODEL]), (100, "AcDbEntity"), (8, layer)]
    pairs += [(100, "AcDbPolyline"), (90, len(line.points)), (70, int(line.closed))]
    for x, y in line.points:
        pairs += [(10, x), (20, y)]
    return pairs


def _objects(handles: _Handles) -> list[Pair]:
    root, groups = handles.next(), handles.next()
    named: list[Pair] = [(3, "ACAD_GROUP"), (350, groups)]
    return [*_dictionary(root, "0", named), *_dictionary(groups, root, [])]


def _dictionary(own: str, owner: str, entries: list[Pair]) -> list[Pair]:
    return [(0, "DICTIONARY"), (5, own), (330, owner), (100, "AcDbDictionary"), (281, 1), *entries]
