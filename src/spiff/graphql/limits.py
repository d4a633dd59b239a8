"""How large a GraphQL document may be. Knows its text and its tree, no schema and no domain."""

from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    Visitor,
    visit,
)

from spiff.errors import Invalid

MOST_CHARACTERS = 20_000
"""Of a document. What is long by nature, a shop's record of an order, goes into a variable."""
MOST_TOKENS = 1000
MOST_FIELDS = 300
"""With every fragment written out; the usual introspection has about 230."""
MOST_ALIASES = 20
DEEPEST = 20
"""The usual introspection is 15 levels deep."""


class QueryTooLarge(Invalid):
    """The query asks for more than one request may."""

    code, title = "query-too-large", "The query asks for too much"


class Size(NamedTuple):
    """How many fields a selection has with its fragments written out, how deep it goes, how many are at its top."""

    fields: int = 0
    depth: int = 0
    roots: int = 0


def require_small(document: DocumentNode) -> int:
    """The number of fields in the document. Raises QueryTooLarge naming the limit."""
    measuring = _Measuring(document)
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    sizes = [measuring.size_of(each.selection_set) for each in operations]
    fields = sum(each.fields for each in sizes)
    _require("fields", fields, MOST_FIELDS)
    _require("levels", max((each.depth for each in sizes), default=0), DEEPEST)
    _require("aliases", _aliases(document), MOST_ALIASES)
    for operation, size in zip(operations, sizes, strict=True):
        # One signature is one order: a second under it would be taken for the first, sent again.
        if operation.operation is OperationType.MUTATION:
            _require("mutations in one request", size.roots, 1)
    return fields


def _require(what: str, count: int, most: int) -> None:
    if count > most:
        raise QueryTooLarge(f"at most {most} {what}", limit=most)


class _Measuring:
    """Measures each fragment once, however often it is used: a few could otherwise stand for millions of fields."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._sizes: dict[str, Size] = {}

    def size_of(self, selected: SelectionSetNode | None) -> Size:
        """The size of a selection."""
        fields = depth = roots = 0
        for each in selected.selections if selected else ():
            if isinstance(each, FieldNode):
                inner = self.size_of(each.selection_set)
                inner = Size(inner.fields + 1, inner.depth + 1, 1)
            elif isinstance(each, InlineFragmentNode):
                inner = self.size_of(each.selection_set)
            else:
                assert isinstance(each, FragmentSpreadNode)
                inner = self._fragment(each.name.value)
            fields, depth, roots = fields + inner.fields, max(depth, inner.depth), roots + inner.roots
        return Size(fields, depth, roots)

    def _fragment(self, name: str) -> Size:
        """One that is unknown or contains itself is for the validation to refuse."""
        if name not in self._sizes:
            self._sizes[name] = Size()
            known = self._fragments.get(name)
            self._sizes[name] = self.size_of(known.selection_set if known else None)
        return self._sizes[name]


class _Aliases(Visitor):
    count = 0

    def enter_field(self, node: FieldNode, *_rest: object) -> None:
        self.count += node.alias is not None


def _aliases(document: DocumentNode) -> int:
    found = _Aliases()
    visit(document, found)
    return found.count
