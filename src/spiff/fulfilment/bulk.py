"""Designs by the thousand: a line of JSON each, composed and drawn by as many processes as wanted. Knows no order.

Nothing of a line is kept once its files are written: memory does not grow with their number.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec

from spiff.assets import operations as assets
from spiff.assets.inspecting import Accepted
from spiff.assets.model import File
from spiff.composing.answers import Answer, Answers
from spiff.composing.resources import Context
from spiff.composing.scene import Scene
from spiff.composing.workflow import Picture
from spiff.errors import Invalid, SpiffError
from spiff.fulfilment.brought import BroughtFiles
from spiff.fulfilment.names import safe_name
from spiff.fulfilment.spoken import answers_of, refusal_in_words
from spiff.rendering.drawn import drawn_assets, drawn_on
from spiff.rendering.failures import RenderFailed
from spiff.rendering.job import RenderJob
from spiff.rendering.making import render
from spiff.rendering.printing import Format, Printing
from spiff.rendering.processes.pool import OF_LIBRARIES
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.transactions import operations as transactions
from spiff.transactions.answers import refuse_to_finish
from spiff.transactions.contexts import product_context
from spiff.transactions.designing import compose_answers

_WAITING_PER_PROCESS = 4
_LINES_AT_ONCE = 4
"""Handing over and taking back costs as much for one line as for some: a tenth of what the line itself does."""
_Numbered = tuple[int, bytes, str]
"""A line with its number, and what its files are called."""


class LineAnswer(Answer, frozen=True):
    """An answer that may bring its upload along: the name of a file beside the file of lines."""

    file: str | None = None


class Line(msgspec.Struct, rename="camel", frozen=True, forbid_unknown_fields=True):
    """One design: a product sold through an integration, and answers by the names or the titles of its steps.

    Variants may be written by their names. `recipient` fills templated texts; `name` begins the files' names, else the
    number of the line does; it follows a name that an earlier line has.
    """

    integration_product_id: UUID
    answers: dict[str, LineAnswer]
    workflow_id: UUID | None = None
    recipient: dict[str, str] = msgspec.field(default_factory=dict)
    name: str = ""


class Made(NamedTuple):
    """What became of a line: its files, or why there are none."""

    number: int
    files: int
    refusal: str = ""


def render_lines(
    settings: Settings, lines: Iterable[bytes], beside: Path, folder: Path, *, format_: Format, processes: int
) -> Iterator[Made]:
    """Make the files of every line, in whatever order they are done. One line that fails stops no other.

    The pictures and drawings that lines name lie in the folder `beside`, or below it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = _Names()
    numbered = ((number, line, names.of(number, line)) for number, line in enumerate(lines, 1) if line.strip())
    os.environ.update(OF_LIBRARIES)  # the processes have it from this one, which draws nothing itself
    with ProcessPoolExecutor(processes, get_context("spawn"), _open, (settings, beside, folder, format_)) as pool:
        waiting: set[Future[list[Made]]] = set()
        while some := list(islice(numbered, _LINES_AT_ONCE)):
            waiting.add(pool.submit(_make_some, some))
            if len(waiting) >= processes * _WAITING_PER_PROCESS:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from chain.from_iterable(each.result() for each in done)
        yield from chain.from_iterable(each.result() for each in wait(waiting).done)


class _Named(msgspec.Struct):
    name: str = ""


class _Names:
    """Gives each line a name of its own for its files: two guests called Anna are two cards.

    Known before anything is drawn, so that it does not depend on which process is done first.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, number: int, line: bytes) -> str:
        """The line's own name, with its number behind it where an earlier line has the name."""
        counted = f"{number:06d}"
        try:
            name = safe_name(msgspec.json.decode(line, type=_Named).name or counted)
        except msgspec.DecodeError:
            return counted
        while name.casefold() in self._taken:
            name = f"{name}-{counted}"
        self._taken.add(name.casefold())
        return name


class _Process:
    """What a process opened at its start."""

    def __init__(self, settings: Settings, beside: Path, folder: Path, format_: Format) -> None:
        self.database = Database(settings.database)
        self.files = FileStore(settings.files)
        self.brought = BroughtFiles(beside)
        self.folder = folder
        self.format_: Format = format_
        self.start = lru_cache(64)(self._start)
        self.known = lru_cache(4096)(self._known)

    def _start(self, integration_product_id: str, workflow_id: str | None) -> transactions.Start:
        return self.database.read_now(lambda work: transactions.choose_start(work, integration_product_id, workflow_id))

    def _known(self, upload: str) -> File | None:
        return self.database.read_now(lambda work: assets.find_files(work, {upload})).get(upload)

    def make(self, number: int, line: Line, name: str) -> int:
        start = self.start(str(line.integration_product_id), str(line.workflow_id) if line.workflow_id else None)
        workflow = start.published.workflow
        brought = {step: self.brought.take_in(answer.file) for step, answer in line.answers.items() if answer.file}
        answers = answers_of(workflow, {step: _answer(each, brought.get(step)) for step, each in line.answers.items()})
        files = self.files.beside({each.sha256: each.kept.data for each in brought.values()})
        context = self._context(product_context(start.offer.product), number, line, answers, brought.values())
        composed = compose_answers(files, workflow, answers, context)
        try:
            refuse_to_finish(composed.findings, context)
        except Invalid as refusal:
            raise Invalid(refusal_in_words(workflow, refusal)) from refusal
        return self._draw(files, composed.scene, start.offer.product.printing, line.name or name, name)

    def _context(
        self, of_product: Context, number: int, line: Line, answers: Answers, brought: Iterable[Accepted]
    ) -> Context:
        uploads = {answer.upload for answer in answers.values() if answer.upload}
        found = [file for file in map(self.known, uploads) if file]
        known = [*found, *(assets.files_of(each)[0][0] for each in brought)]
        return msgspec.structs.replace(
            of_product,
            pictures={
                file.sha256: Picture(file.width_px, file.height_px)
                for file in known
                if file.width_px and file.height_px
            },
            drawings=tuple(file.sha256 for file in known if file.kind == "drawing"),
            recipient=line.recipient,
            seed=number,
        )

    def _draw(self, files: FileStore, scene: Scene, printing: Printing, title: str, name: str) -> int:
        for panel in (drawn_on(each, "print") for each in scene.panels):
            images = {digest: files.get(digest) for digest in drawn_assets(panel)}
            if printing.profile is not None:
                images[printing.profile] = files.get(printing.profile)
            data = render(RenderJob(panel, images, self.format_, title=title, printing=printing))
            _write(self.folder / f"{name}-{safe_name(panel.name)}.{self.format_}", data)
        return len(scene.panels)


def _answer(written: LineAnswer, brought: Accepted | None) -> Answer:
    """The answer as the workflow knows it: what came along is its upload."""
    members = {name: getattr(written, name) for name in Answer.__struct_fields__}
    return Answer(**members | ({"upload": brought.sha256} if brought else {}))


_process: _Process | None = None


def _open(settings: Settings, beside: Path, folder: Path, format_: Format) -> None:
    """Open this process's own database and files; a connection must not be shared with the parent."""
    global _process
    _process = _Process(settings, beside, folder, format_)


def _make_some(lines: list[_Numbered]) -> list[Made]:
    return [_make(*each) for each in lines]


def _make(number: int, line: bytes, name: str) -> Made:
    assert _process is not None
    try:
        return Made(number, _process.make(number, msgspec.json.decode(line, type=Line), name))
    except (SpiffError, RenderFailed, msgspec.DecodeError) as failure:
        return Made(number, 0, str(failure))


def _write(path: Path, data: bytes) -> None:
    """The whole file at once, or none of it."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    Path(temporary).replace(path)
