"""Reads an SVG document into a small tree, and refuses what may not stand in one. Knows no geometry and no style."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from spiff.assets.svg import limits
from spiff.assets.svg.limits import too_complex
from spiff.assets.svg.refusals import SvgRefused, shown
from spiff.assets.svg.vocabulary import ELEMENTS, FILTER_PARTS, FORBIDDEN_NAMESPACES, SVG, XLINK, XML

_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)([^;&<\s]*)")
"""Where a DOCTYPE names another file, expat passes over entities that it does not know: they could be in there."""
_PAGE = "foreignObject"
"""Known where it is for one program only: all others pass over it."""
_MOST_ENTITIES, _MOST_REFERENCES = 50, 500
_ADDRESS = re.compile(r"[\w:/.#?=+-]{1,200}")
"""What an entity may stand for: the name of a namespace, as drawing programs abbreviate it; nothing of XML in it."""
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
    referred = _ENTITY.findall(data)
    if len(referred) > _MOST_REFERENCES and b"<!DOCTYPE" in data:
        raise _doctype_refused()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as failure:
        raise SvgRefused("svg-damaged", f"the file is not well-formed XML: {failure}") from failure
    if reader.has_doctype and not {name.decode() for name in referred} <= reader.entities:
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
        self.entities: set[str] = set()
        self._space = SVG
        self._open: list[Node | None] = []
        self._elements = 0
        self.parser = parser = expat.ParserCreate("UTF-8", " ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.AttlistDeclHandler = self._attribute
        parser.ElementDeclHandler = parser.NotationDeclHandler = self._declaration
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

    def _entity(self, name: str, is_parameter: bool, value: str | None, *_: object) -> None:
        """Drawing programs abbreviate their namespaces. All else is refused: files, markup, other entities."""
        if is_parameter or value is None or not _ADDRESS.fullmatch(value):
            raise _doctype_refused()
        self.entities.add(name)
        if len(self.entities) > _MOST_ENTITIES:
            raise _doctype_refused()

    def _attribute(self, element: str, name: str, *_: object) -> None:
        """Some declare a namespace that way."""
        if not name.startswith("xmlns:"):
            raise _doctype_refused()

    def _declaration(self, *_: object) -> None:
        raise _doctype_refused()

    def _instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise SvgRefused(
                "svg-reference", "xml-stylesheet refers to another file; keep the styles in the illustration"
            )

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._count(given)
        space, _, local = name.rpartition(" ")
        self._require_known(space, local, given)
        attributes = _own_attributes(local, given)
        if not self._open:
            self._begin(space, local, attributes)
            return
        parent = self._open[-1]
        drawn = space in {SVG, self._space} and local != _PAGE
        node = Node(local, attributes) if parent and drawn else None
        if parent and node:
            parent.children.append(node)
        self._open.append(node)

    def _begin(self, space: str, local: str, attributes: dict[str, str]) -> None:
        if local != "svg" or space not in {SVG, ""}:
            raise SvgRefused("svg-format", f'the outermost element is <svg xmlns="{SVG}">, not {shown(local)}')
        self._space = space  # old files leave it to the DOCTYPE to say that they are SVG
        self.root = Node(local, attributes)
        self._open.append(self.root)

    def _require_known(self, space: str, local: str, given: dict[str, str]) -> None:
        for_one_program = local == _PAGE and bool(given.get("requiredExtensions"))
        known = local in ELEMENTS or local.startswith(FILTER_PARTS) or for_one_program
        if space in FORBIDDEN_NAMESPACES or (self._open and space in {SVG, self._space} and not known):
            raise SvgRefused(
                "svg-element", f"the element {shown(local)} cannot be reduced to paths; remove or convert it"
            )

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
    return SvgRefused("svg-doctype", "remove the DOCTYPE: it may hold names of namespaces, and no other entities")


def _own_attributes(element: str, given: dict[str, str]) -> dict[str, str]:
    own: dict[str, str] = {}
    for name, value in given.items():
        space, _, local = name.rpartition(" ")
        _require_harmless(element, space, local, value)
        if value.strip() and (not space or (space == XLINK and local == "href")):
            own.setdefault(local, value)
    return own


def _require_harmless(element: str, space: str, local: str, value: str) -> None:
    if not space and local.lower().startswith("on"):
        raise SvgRefused("svg-attribute", f"the attribute {shown(local)} of {shown(element)} runs a script")
    if local == "href" and space in {"", XLINK} and not value.strip().startswith("#"):
        raise SvgRefused("svg-reference", f"{shown(element)} refers to something outside of the file: {shown(value)}")
    if space == XML and local == "base":
        raise SvgRefused("svg-attribute", "the attribute 'xml:base' refers to something outside of the file")
