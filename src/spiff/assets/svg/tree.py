"""Reads an SVG document into a small tree, and refuses what may not stand in one. Knows no geometry and no style."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from spiff.assets.svg import limits
from spiff.assets.svg.limits import too_complex
from spiff.assets.svg.refusals import SvgRefused, shown
from spiff.assets.svg.vocabulary import ELEMENTS, FORBIDDEN_NAMESPACES, SVG, XLINK, XML

_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)")
"""Where a DOCTYPE names another file, expat passes over entities that it does not know: they could be in there."""
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii"}


@dataclass
class Node:
    """One element of the SVG namespace; `attributes` are those without a namespace, and `href`."""

    name: str
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def read_tree(data: bytes) -> Node:
    """The document's root. Raises SvgRefused; no entity is ever expanded and nothing is ever fetched."""
    if len(data) > limits.MOST_BYTES:
        raise SvgRefused("svg-too-large", f"an illustration has at most {limits.MOST_BYTES} bytes, not {len(data)}")
    _require_utf8(data)
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as failure:
        raise SvgRefused("svg-damaged", f"the file is not well-formed XML: {failure}") from failure
    if reader.has_doctype and _ENTITY.search(data):
        raise _doctype_refused()
    assert reader.root
    return reader.root


def _require_utf8(data: bytes) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as failure:
        raise SvgRefused(
            "svg-encoding", "an illustration is written in UTF-8; save it again with that encoding"
        ) from failure


class _Reader:
    """What expat calls. Elements of other namespaces, such as the notes of drawing programs, are passed over whole."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.has_doctype = False
        self._open: list[Node | None] = []
        self._elements = 0
        self.parser = parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise SvgRefused("svg-encoding", f"an illustration is written in UTF-8, not in {shown(encoding)}")

    def _doctype(self, name: str, system_id: str | None, public_id: str | None, has_subset: bool) -> None:
        """A name and addresses, as drawing programs write them, are passed over: nothing is fetched."""
        self.has_doctype = True
        if has_subset:
            raise _doctype_refused()

    def _entity(self, *_: object) -> None:
        raise _doctype_refused()

    def _instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise SvgRefused(
                "svg-reference", "xml-stylesheet refers to another file; keep the styles in the illustration"
            )

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._count(given)
        space, _, local = name.rpartition(" ")
        _require_known(space, local)
        attributes = _own_attributes(local, given)
        if not self._open:
            self._begin(space, local, attributes)
            return
        parent = self._open[-1]
        node = Node(local, attributes) if parent and space == SVG else None
        if parent and node:
            parent.children.append(node)
        self._open.append(node)

    def _begin(self, space: str, local: str, attributes: dict[str, str]) -> None:
        if (space, local) != (SVG, "svg"):
            raise SvgRefused("svg-format", f'the outermost element is <svg xmlns="{SVG}">, not {shown(local)}')
        self.root = Node(local, attributes)
        self._open.append(self.root)

    def _count(self, given: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > limits.MOST_ELEMENTS:
            raise too_complex(f"more than {limits.MOST_ELEMENTS} elements")
        if len(self._open) >= limits.MOST_DEPTH:
            raise too_complex(f"elements nested more than {limits.MOST_DEPTH} deep")
        if len(given) > limits.MOST_ATTRIBUTES:
            raise too_complex(f"an element with more than {limits.MOST_ATTRIBUTES} attributes")

    def _end(self, _: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        if self._open and (node := self._open[-1]) and node.name == "style":
            node.text.append(text)


def _doctype_refused() -> SvgRefused:
    return SvgRefused("svg-doctype", "remove the DOCTYPE: an illustration declares and uses no entities")


def _require_known(space: str, local: str) -> None:
    if space in FORBIDDEN_NAMESPACES or (space == SVG and local not in ELEMENTS):
        raise SvgRefused("svg-element", f"the element {shown(local)} cannot be reduced to paths; remove or convert it")


def _own_attributes(element: str, given: dict[str, str]) -> dict[str, str]:
    own: dict[str, str] = {}
    for name, value in given.items():
        space, _, local = name.rpartition(" ")
        _require_harmless(element, space, local, value)
        if not space or (space == XLINK and local == "href"):
            own.setdefault(local, value)
    return own


def _require_harmless(element: str, space: str, local: str, value: str) -> None:
    if not space and local.lower().startswith("on"):
        raise SvgRefused("svg-attribute", f"the attribute {shown(local)} of {shown(element)} runs a script")
    if local == "href" and space in {"", XLINK} and not value.strip().startswith("#"):
        raise SvgRefused("svg-reference", f"{shown(element)} refers to something outside of the file: {shown(value)}")
    if space == XML and local == "base":
        raise SvgRefused("svg-attribute", "the attribute 'xml:base' refers to something outside of the file")
