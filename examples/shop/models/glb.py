"""Writes surfaces as a GLB file (glTF 2.0, 4.4: binary container). Knows no product."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Colour = tuple[float, float, float]
_FLOAT, _UNSIGNED_SHORT = 5126, 5123
_ARRAY, _ELEMENTS = 34962, 34963
_TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3"}


@dataclass(frozen=True, slots=True)
class Surface:
    """A grid of points, rows by columns, with texture coordinates for each (0, 0 is the picture's top left).

    The outside is where the cross product of the direction along a row and that along a column points.
    """

    points: Floats
    uv: Floats


@dataclass(frozen=True, slots=True)
class Part:
    """Surfaces of one material. `colour` is linear, from 0 to 1; the panel of the material's name is drawn on it."""

    material: str
    colour: Colour
    roughness: float
    surfaces: Sequence[Surface]


def write_glb(name: str, parts: Sequence[Part]) -> bytes:
    """One mesh with one primitive for each part."""
    buffer = _Buffer()
    primitives = [buffer.primitive(part, index) for index, part in enumerate(parts)]
    description = {
        "asset": {"version": "2.0", "generator": "examples/shop/models"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "name": name}],
        "meshes": [{"primitives": primitives, "name": name}],
        "materials": [_material(part) for part in parts],
        "accessors": buffer.accessors,
        "bufferViews": buffer.views,
        "buffers": [{"byteLength": len(buffer.data)}],
    }
    text = json.dumps(description, separators=(",", ":")).encode()
    return _container(text + b" " * (-len(text) % 4), bytes(buffer.data))


def _material(part: Part) -> dict[str, Any]:
    surface = {
        "baseColorFactor": [*part.colour, 1.0],
        "metallicFactor": 0.0,
        "roughnessFactor": part.roughness,
    }
    return {"name": part.material, "pbrMetallicRoughness": surface}


def _container(text: bytes, binary: bytes) -> bytes:
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


class _Buffer:
    """The binary part while it is filled, with the views and accessors into it."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []

    def primitive(self, part: Part, material: int) -> dict[str, Any]:
        corners, first = [_triangles(each.points) for each in part.surfaces], 0
        for corner, surface in zip(corners, part.surfaces, strict=True):
            corner += first
            first += surface.points[..., 0].size
        flat = {
            "POSITION": np.concatenate([each.points.reshape(-1, 3) for each in part.surfaces]),
            "NORMAL": np.concatenate([_normals(each.points).reshape(-1, 3) for each in part.surfaces]),
            "TEXCOORD_0": np.concatenate([each.uv.reshape(-1, 2) for each in part.surfaces]),
        }
        attributes = {name: self._add(values.astype("<f4"), _FLOAT, _ARRAY) for name, values in flat.items()}
        indices = self._add(np.concatenate(corners).astype("<u2")[:, None], _UNSIGNED_SHORT, _ELEMENTS)
        return {"attributes": attributes, "indices": indices, "material": material}

    def _add(self, values: npt.NDArray[Any], component: int, target: int) -> int:
        data = values.tobytes()
        self.views.append({"buffer": 0, "byteOffset": len(self.data), "byteLength": len(data), "target": target})
        self.data += data + bytes(-len(data) % 4)
        accessor = {"bufferView": len(self.views) - 1, "componentType": component, "count": len(values)}
        bounds = {"min": values.min(0).tolist(), "max": values.max(0).tolist()}
        self.accessors.append({**accessor, "type": _TYPES[values.shape[1]], **bounds})
        return len(self.accessors) - 1


def _triangles(points: Floats) -> npt.NDArray[np.int64]:
    """Two triangles for each cell of the grid, counter-clockwise seen from outside."""
    rows, columns = points.shape[:2]
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, 1:], at[1:, :-1]
    return np.stack([a, b, c, a, c, d], axis=-1).ravel()


def _normals(points: Floats) -> Floats:
    normals = np.cross(_slope(points, 1), _slope(points, 0))
    return np.asarray(normals / np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-15))


def _slope(points: Floats, axis: Literal[0, 1]) -> Floats:
    return np.asarray(np.gradient(points, axis=axis, edge_order=2 if points.shape[axis] > 2 else 1))
