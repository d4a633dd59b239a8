"""Structured field values (RFC 9651), as far as signatures need them. Knows no header.

Strict: a member must be written as serialisers write it, without spare spaces, so that its text is its own canonical
form and can be signed as it came. Bounded: one pass over at most `LONGEST` characters.
"""

import base64
import binascii
import re

LONGEST = 8192
"""Characters of a field; a signature of ours needs a few hundred."""

_KEY = r"[a-z*][a-z0-9_\-.*]*"
_STRING = r'"(?:[ !#-\[\]-~]|\\["\\])*"'
_BARE = (
    rf"(?:{_STRING}|-?[0-9]{{1,15}}(?:\.[0-9]{{1,3}})?|[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*"
    r"|:[A-Za-z0-9+/]*={0,2}:|\?[01]|@-?[0-9]{1,15})"
)
_PARAMETERS = rf"(?:;{_KEY}(?:={_BARE})?)*"
_ITEM = f"{_BARE}{_PARAMETERS}"
_INNER_LIST = re.compile(rf"\((?P<items>(?:{_ITEM}(?: {_ITEM})*)?)\)(?P<parameters>{_PARAMETERS})")
_MEMBER = re.compile(rf"(?P<key>{_KEY})(?:=(?P<value>{_INNER_LIST.pattern}|{_ITEM})|{_PARAMETERS})")
_COMMA = re.compile(r"[ \t]*,[ \t]*")
_PARAMETER = re.compile(rf";(?P<key>{_KEY})(?:=(?P<value>{_BARE}))?")
_EACH_ITEM = re.compile(_ITEM)
_WHOLE_STRING = re.compile(_STRING)
_INTEGER = re.compile(r"-?[0-9]{1,15}")

Value = str | int | None
"""A string or an integer; None for every other type, which no parameter of a signature has."""


def read_dictionary(text: str) -> dict[str, str] | None:
    """The members of a dictionary, each as its text; None where it is none, or names a member twice."""
    members: dict[str, str] = {}
    at, text = 0, text.strip(" \t")
    while len(text) <= LONGEST and (found := _MEMBER.match(text, at)):
        if found["key"] in members:
            return None
        members[found["key"]] = found["value"] or ""
        if found.end() == len(text):
            return members
        comma = _COMMA.match(text, found.end())
        if comma is None:
            return None
        at = comma.end()
    return None


def read_inner_list(text: str) -> tuple[list[Value], dict[str, Value]] | None:
    """The items of an inner list and its parameters; None where it is none, or names a parameter twice.

    An item with parameters of its own is None: no component that we know has any.
    """
    found = _INNER_LIST.fullmatch(text)
    if found is None:
        return None
    items = [_value(each[0]) for each in _EACH_ITEM.finditer(found["items"])]
    pairs = [(each["key"], _value(each["value"] or "")) for each in _PARAMETER.finditer(found["parameters"])]
    parameters = dict(pairs)
    return (items, parameters) if len(parameters) == len(pairs) else None


def read_bytes(text: str) -> bytes | None:
    """A byte sequence, `:base64:`; None where it is none, or where other base64 would say the same."""
    if len(text) < 2 or text[0] != ":" or text[-1] != ":":
        return None
    try:
        found = base64.b64decode(text[1:-1], validate=True)
    except binascii.Error:
        return None
    return found if write_bytes(found) == text else None


def write_bytes(value: bytes) -> str:
    """A byte sequence."""
    return f":{base64.b64encode(value).decode()}:"


def write_string(value: str) -> str:
    """A string, quoted. Raises ValueError for what is no printable ASCII."""
    if not (value.isascii() and value.isprintable()):
        raise ValueError("a structured field string holds printable ASCII only")
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _value(text: str) -> Value:
    if _WHOLE_STRING.fullmatch(text):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return int(text) if _INTEGER.fullmatch(text) else None
