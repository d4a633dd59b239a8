"""Pictures and drawings that lie beside a file of designs. Knows no product and no answers.

They are from outside as much as an upload is: a child process looks through them, and what it keeps is used.
"""

from functools import cached_property
from pathlib import Path

from spiff.assets.inspecting import MOST_BYTES, Accepted, Refused, inspect_file, intake_pool
from spiff.errors import Invalid
from spiff.rendering.processes.pool import RenderPool

_DRAWABLE = frozenset({"picture", "drawing"})


class BroughtFiles:
    """Reads files of one folder, and of none beside it: whoever wrote the lines need not be who has the machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def take_in(self, name: str) -> Accepted:
        """What is kept of the file that is called so in the folder, or below it. Raises Invalid."""
        try:
            path = (self._folder / name).resolve()
            if not path.is_relative_to(self._folder):
                raise Invalid(f"{name} does not lie in the folder of the lines or below it")
            with path.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
        except OSError as failure:
            raise Invalid(f"{name} cannot be read: {failure.strerror}") from failure
        except (ValueError, RuntimeError) as failure:  # a NUL in it, links that lead in a circle
            raise Invalid(f"{name!r} cannot be read: it is no name of a file") from failure
        outcome = inspect_file(self._intake, name, data)
        if isinstance(outcome, Refused):
            raise Invalid(f"{name}: {outcome.reason} ({outcome.code})")
        if outcome.kind not in _DRAWABLE:
            raise Invalid(f"{name} is a {outcome.kind}, and what can be printed is a picture or a drawing")
        return outcome

    @cached_property
    def _intake(self) -> RenderPool:
        """Begun with the first file, as most lines bring none; its child ends with this process."""
        return intake_pool()
