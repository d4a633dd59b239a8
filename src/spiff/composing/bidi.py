"""The bidirectional algorithm (UAX #9) for text without explicit controls. Knows no font.

Classes are the letters of characters.bidi_class. BN characters (joiners) are looked through and take the level before.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from spiff.composing.characters import CLOSING

_NEUTRAL = "WOBSTC"
_FIRST_RIGHT_TO_LEFT = 0x590
_MOST_OPEN = 63

Item = TypeVar("Item")


def needs_bidi(codes: Sequence[int]) -> bool:
    """False where nothing can be right to left, so that every level is 0."""
    return max(codes, default=0) >= _FIRST_RIGHT_TO_LEFT


def base_level(classes: Sequence[str]) -> int:
    """P2 and P3: that of the first strong character, else left to right."""
    return next((int(each != "L") for each in classes if each in "LRA"), 0)


def levels(codes: Sequence[int], classes: Sequence[str], base: int) -> list[int]:
    """The embedding level of each character of a paragraph, before L1."""
    seen = [at for at, each in enumerate(classes) if each != "Z"]
    own, start = [classes[at] for at in seen], "LR"[base]
    paired = _brackets([codes[at] for at in seen], own, _weak(own, start), start)
    resolved = _neutral(paired, start)
    found = [base] * len(classes)
    for at, each in zip(seen, resolved, strict=True):
        found[at] = _implicit(each, base)
    return _look_through(found, classes, base)


def with_line_end(of: Sequence[int], classes: Sequence[str], base: int) -> list[int]:
    """L1: white space at the end of a line takes the level of the paragraph."""
    end = len(of)
    while end and classes[end - 1] in "WZ":
        end -= 1
    return [*of[:end], *[base] * (len(of) - end)]


def visual(items: Sequence[Item], level: Callable[[Item], int]) -> list[Item]:
    """L2: the items, which have one level each, from left to right."""
    ordered = list(items)
    for floor in range(max(map(level, items), default=0), 0, -1):
        ordered = list(_reversed_from(ordered, level, floor))
    return ordered


def _reversed_from(items: list[Item], level: Callable[[Item], int], floor: int) -> Iterator[Item]:
    for high, run in groupby(items, lambda item: level(item) >= floor):
        yield from list(run)[:: -1 if high else 1]


def _weak(classes: list[str], start: str) -> list[str]:
    """W1 to W7; afterwards only L R E N and neutrals are left."""
    for rule in (_marks, _arabic_numbers, _separators, _terminators):
        classes = rule(classes, start)
    return _european_numbers(classes, start)


def _marks(classes: list[str], start: str) -> list[str]:
    """W1: a mark takes the class before it."""
    last, found = start, []
    for each in classes:
        last = last if each == "M" else each
        found.append(last)
    return found


def _arabic_numbers(classes: list[str], start: str) -> list[str]:
    """W2 and W3: European numbers after Arabic letters are Arabic numbers; Arabic letters are right to left."""
    strong, found = start, []
    for each in classes:
        strong = each if each in "LRA" else strong
        found.append("N" if each == "E" and strong == "A" else "R" if each == "A" else each)
    return found


def _separators(classes: list[str], start: str) -> list[str]:
    """W4: one separator between two numbers of a kind belongs to them."""
    found = list(classes)
    for at in range(1, len(found) - 1):
        before, after = found[at - 1], found[at + 1]
        joins = (found[at] == "S" and before == "E") or (found[at] == "C" and before in "EN")
        if joins and before == after:
            found[at] = before
    return found


def _terminators(classes: list[str], start: str) -> list[str]:
    """W5 and W6: terminators beside European numbers belong to them; what is left of them is neutral."""
    found: list[str] = []
    for each, group in groupby(classes):
        length = len(list(group))
        beside = each == "T" and "E" in (found[-1:] + list(classes[len(found) + length : len(found) + length + 1]))
        found += ["E" if beside else "O" if each in "STC" else each] * length
    return found


def _european_numbers(classes: list[str], start: str) -> list[str]:
    """W7: European numbers after left to right letters are like them."""
    strong, found = start, []
    for each in classes:
        strong = each if each in "LR" else strong
        found.append("L" if each == "E" and strong == "L" else each)
    return found


def _brackets(codes: list[int], own: list[str], classes: list[str], start: str) -> list[str]:
    """N0: two brackets take the direction of what is between them, and so do the marks on them."""
    found = list(classes)
    for opening, closing in sorted(_pairs(codes, classes)):
        side = _side_of_pair(found, opening, closing, start)
        for at in (opening, closing) if side else ():
            end = next((each for each in range(at + 1, len(own)) if own[each] != "M"), len(own))
            found[at:end] = [side] * (end - at)
    return found


def _pairs(codes: list[int], classes: list[str]) -> Iterator[tuple[int, int]]:
    """BD16."""
    waiting: list[tuple[int, int]] = []
    for at, code in enumerate(codes):
        if classes[at] != "O":
            continue
        if code in CLOSING:
            if len(waiting) == _MOST_OPEN:
                return
            waiting.append((CLOSING[code], at))
            continue
        depth = next((each for each in range(len(waiting) - 1, -1, -1) if waiting[each][0] == code), None)
        if depth is not None:
            yield waiting[depth][1], at
            del waiting[depth:]


def _side_of_pair(classes: list[str], opening: int, closing: int, start: str) -> str:
    """The direction of the paragraph where it is between them, else the other one where it is there and before them."""
    inside = {_side(each) for each in classes[opening + 1 : closing] if each not in _NEUTRAL}
    if not inside or start in inside:
        return start if inside else ""
    before = next((_side(each) for each in reversed(classes[:opening]) if each not in _NEUTRAL), start)
    return before if before in inside else start


def _neutral(classes: list[str], start: str) -> list[str]:
    """N1 and N2: neutrals between two of one direction take it, others that of the paragraph."""
    found: list[str] = []
    for is_neutral, group in groupby(classes, lambda each: each in _NEUTRAL):
        run = list(group)
        end = len(found) + len(run)
        if is_neutral:
            before = _side(found[-1]) if found else start
            after = _side(classes[end]) if end < len(classes) else start
            run = [before if before == after else start] * len(run)
        found += run
    return found


def _side(each: str) -> str:
    return "L" if each == "L" else "R"


def _implicit(each: str, base: int) -> int:
    """I1 and I2."""
    if base:
        return 1 if each == "R" else 2
    return {"L": 0, "R": 1}.get(each, 2)


def _look_through(found: list[int], classes: Sequence[str], base: int) -> list[int]:
    last = base
    for at, each in enumerate(classes):
        last = found[at] = last if each == "Z" else found[at]
    return found
