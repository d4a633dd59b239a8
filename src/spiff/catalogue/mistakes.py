"""What is wrong with a catalogue file: sentences at a line and column, collected so that all are told at once."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake. Lines and columns count from 1."""

    line: int
    column: int
    sentence: str

    def at(self, file: str) -> str:
        """As compilers and editors write it."""
        return f"{file}:{self.line}:{self.column}: {self.sentence}"


class CatalogueMistaken(Exception):
    """The catalogue file has mistakes; nothing was applied."""

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        self.lines = lines_of(self.mistakes, file)
        super().__init__("\n".join(self.lines))


def lines_of(mistakes: Iterable[Mistake], file: str) -> tuple[str, ...]:
    """Each once, in the order of the file."""
    return tuple(mistake.at(file) for mistake in sorted(set(mistakes)))


@dataclass(slots=True)
class Mistakes:
    """The mistakes found so far."""

    found: list[Mistake] = field(default_factory=list)

    def add(self, node: yaml.Node, sentence: str) -> None:
        """Note a mistake where `node` begins."""
        self.add_at(node.start_mark, sentence)

    def add_at(self, mark: yaml.Mark, sentence: str) -> None:
        """Note a mistake at a place in the file."""
        self.found.append(Mistake(mark.line + 1, mark.column + 1, sentence))

    def __bool__(self) -> bool:
        return bool(self.found)


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like it; None where none is much like it."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`, did you mean "width"?`, or what there is to choose from."""
    choices = sorted(known)
    if close := meant(word, choices):
        return f', did you mean "{close}"?'
    return f"; there is {', '.join(choices[:20])}" if choices else "; there are none"
