"""Checks a GLB file (glTF 2.0, 4.4: binary container) without drawing it. Knows no database; runs in a child process.

What is checked is what readers trust: lengths, that nothing is fetched from elsewhere, that what is named is there.
"""

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

from spiff.assets.pictures import PictureRefused, open_picture
from spiff.errors import Invalid

MAX_BYTES = 30_000_000
_MOST_PARTS = 20_000
"""Of each list in the description: nodes, meshes, accessors and so on."""
_MOST_ELEMENTS = 5_000_000
_HEADER = struct.Struct("<4sII")
_CHUNK = struct.Struct("<I4s")
_COMPONENT_BYTES = {"5120": 1, "5121": 1, "5122": 2, "5123": 2, "5125": 4, "5126": 4}
_COMPONENTS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}


class ModelRefused(Invalid):
    """The file is no model that can be shown; `code` says why and begins with `model-`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def require_model(data: bytes) -> tuple[str, ...]:
    """What the materials of a model that can be used are called, each once.

    Raises ModelRefused with `model-too-large`, `model-damaged`, `model-reference` or `model-picture`.
    """
    if len(data) > MAX_BYTES:
        raise ModelRefused("model-too-large", f"a model has at most {MAX_BYTES} bytes, not {len(data)}")
    description, binary = _chunks(data)
    asset = description.get("asset")
    if not isinstance(asset, dict) or not str(asset.get("version")).startswith("2."):
        raise _damaged("a model is written in glTF 2")
    _require_few(description)
    views = _views(description, len(binary))
    _require_accessors(description, views)
    _require_pictures(description, views, binary)
    names = (each.get("name") for each in _listed(description, "materials"))
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def _chunks(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The description and the binary buffer. Both chunks must fill the file exactly."""
    if len(data) < _HEADER.size or _HEADER.unpack_from(data)[1:] != (2, len(data)):
        raise _damaged("it is cut off, longer than it says, or not of version 2")
    found = list(_split(data))
    if not found or found[0][0] != b"JSON" or [kind for kind, _ in found[1:]] not in ([], [b"BIN\0"]):
        raise _damaged("it holds one description and at most one binary buffer")
    try:
        description = msgspec.json.decode(found[0][1], type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as failure:
        raise _damaged("its description is not JSON") from failure
    return description, found[1][1] if len(found) > 1 else b""


def _split(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _HEADER.size
    while at < len(data):
        length, kind = _CHUNK.unpack_from(data, at) if at + _CHUNK.size <= len(data) else (len(data), b"")
        end = at + _CHUNK.size + length
        if end > len(data) or length % 4:
            raise _damaged("a part of it reaches beyond its end")
        yield kind, data[at + _CHUNK.size : end]
        at = end


def _require_few(description: dict[str, Any]) -> None:
    for name, value in description.items():
        if isinstance(value, list) and len(value) > _MOST_PARTS:
            raise ModelRefused("model-too-large", f"a model has at most {_MOST_PARTS} {name[:40]}")


def _listed(description: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = description.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise _damaged(f"its {name} are no list of objects")
    return found


def _views(description: dict[str, Any], size: int) -> list[tuple[int, int]]:
    """Begin and end of each buffer view, all of them inside the one buffer that the file brings along."""
    buffers = _listed(description, "buffers")
    if any("uri" in buffer for buffer in buffers) or len(buffers) > 1:
        raise ModelRefused("model-reference", "a model brings everything along in its own buffer; export it as one GLB")
    if buffers and not 0 <= _count(buffers[0], "byteLength") <= size:
        raise _damaged("its buffer is shorter than it says")
    views = [_span(view) for view in _listed(description, "bufferViews")]
    if any(end > size for _, end in views):
        raise _damaged("a buffer view reaches beyond the buffer")
    return views


def _span(view: dict[str, Any]) -> tuple[int, int]:
    begin = _count(view, "byteOffset", 0)
    return begin, begin + _count(view, "byteLength")


def _require_accessors(description: dict[str, Any], views: list[tuple[int, int]]) -> None:
    for accessor in _listed(description, "accessors"):
        count = _count(accessor, "count")
        if count > _MOST_ELEMENTS:
            raise ModelRefused("model-too-large", f"a model has at most {_MOST_ELEMENTS} points in a list")
        component = _COMPONENT_BYTES.get(str(accessor.get("componentType")), 0)
        size = component * _COMPONENTS.get(str(accessor.get("type")), 0)
        if not size:
            raise _damaged("an accessor has a type that glTF does not know")
        if "bufferView" in accessor:
            begin, end = _view(views, accessor)
            if begin + _count(accessor, "byteOffset", 0) + count * size > end:
                raise _damaged("an accessor reaches beyond its buffer view")


def _require_pictures(description: dict[str, Any], views: list[tuple[int, int]], binary: bytes) -> None:
    for image in _listed(description, "images"):
        if "uri" in image:
            raise ModelRefused("model-reference", "a model's pictures are inside of it; embed them and export again")
        begin, end = _view(views, image)
        try:
            open_picture(binary[begin:end])
        except PictureRefused as refusal:
            raise ModelRefused("model-picture", f"a picture in the model: {refusal.detail}") from refusal


def _view(views: list[tuple[int, int]], part: dict[str, Any]) -> tuple[int, int]:
    index = _count(part, "bufferView")
    if index >= len(views):
        raise _damaged("it names a buffer view that is not there")
    return views[index]


def _count(part: dict[str, Any], name: str, absent: int | None = None) -> int:
    value = part.get(name, absent)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _damaged(f"a {name} is missing or no number")
    return value


def _damaged(reason: str) -> ModelRefused:
    return ModelRefused("model-damaged", f"the model is damaged: {reason}")
