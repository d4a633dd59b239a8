"""Reads a minimal CSS: rules with element, class and id selectors. Knows no property and no element."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spiff.assets.svg.limits import MOST_RULES, too_complex
from spiff.assets.svg.refusals import SvgRefused, shown

Declaration = tuple[str, str]

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"\s*([^{}]*+)\{([^{}]*+)\}\s*")
_SELECTOR = re.compile(r"(\*|[a-zA-Z][\w-]*+)?((?:[.#][\w-]++)*+)")
_PART = re.compile(r"[.#][\w-]+")
_LOCAL = re.compile(r"url\(\s*([\"']?)#([^\"'()\s]+)\1\s*\)")
_PROPERTY = re.compile(r"-{0,2}[a-zA-Z][\w-]*")


@dataclass(frozen=True)
class _Rule:
    weight: tuple[int, int, int, int]
    element: str
    needed: frozenset[str]
    declarations: tuple[Declaration, ...]


@dataclass
class Sheet:
    """All rules of a document."""

    rules: list[_Rule] = field(default_factory=list)
    elements: dict[str, str] = field(default_factory=dict)
    """By id, the name of the element that has it."""

    def declarations(self, element: str, identity: str, classes: list[str]) -> Iterator[Declaration]:
        """What holds for an element, weakest first."""
        has = {f".{name}" for name in classes} | {f"#{identity}"}
        matching = [rule for rule in self.rules if rule.element in {"", element} and rule.needed <= has]
        for rule in sorted(matching, key=lambda rule: rule.weight):
            yield from rule.declarations

    def add(self, text: str) -> None:
        """Read the text of a style element. Raises SvgRefused."""
        plain = _readable(text).strip()
        at = 0
        while at < len(plain):
            rule = _RULE.match(plain, at)
            if not rule:
                raise _unreadable(plain[at:])
            self._add_rule(rule[1], read_declarations(rule[2]))
            at = rule.end()

    def _add_rule(self, selectors: str, declarations: tuple[Declaration, ...]) -> None:
        for selector in selectors.split(","):
            if len(self.rules) >= MOST_RULES:
                raise too_complex(f"more than {MOST_RULES} style rules")
            self.rules.append(_read_rule(selector.strip(), len(self.rules), declarations))


def read_declarations(text: str) -> tuple[Declaration, ...]:
    """The `property: value` pairs of a style attribute or a rule. Raises SvgRefused."""
    pairs = [part.strip().partition(":") for part in _readable(text).split(";") if part.strip()]
    declarations = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
    for name, value in declarations:
        if not value or "!" in value or not _PROPERTY.fullmatch(name):
            raise _unreadable(f"{name}: {value}")
        if "url(" in value.lower() and local_id(value) is None:
            raise SvgRefused(
                "svg-reference", f"the CSS property {shown(name)} refers to {shown(value)}, which is not in the file"
            )
    return declarations


def local_id(value: str) -> str | None:
    """The id in the file that `url(#id)` names; None of any other value."""
    found = _LOCAL.fullmatch(value)
    return found[2] if found else None


def _readable(text: str) -> str:
    """CSS without comments. Escapes and at-rules are refused: both can hide what the rest of us looks for."""
    plain = _COMMENT.sub(" ", text)
    if "@import" in plain.lower():
        raise SvgRefused("svg-reference", "@import refers to something else; keep the styles in the illustration")
    if "\\" in plain or "@" in plain or "/*" in plain:
        raise _unreadable(plain)
    return plain


def _read_rule(selector: str, order: int, declarations: tuple[Declaration, ...]) -> _Rule:
    found = _SELECTOR.fullmatch(selector)
    if not selector or not found:
        raise _unreadable(selector)
    element = "" if found[1] in {None, "*"} else found[1]
    needed = _PART.findall(found[2])
    identities = sum(part.startswith("#") for part in needed)
    weight = (identities, len(needed) - identities, bool(element), order)
    return _Rule(weight, element, frozenset(needed), declarations)


def _unreadable(text: str) -> SvgRefused:
    return SvgRefused(
        "svg-style",
        f"styles are plain rules for elements, classes and ids, without at-rules and escapes; not {shown(text)}",
    )
