"""An agent's own folder, `.spiff` in the hot folder: what it fetched, and how far it came with it. Knows no server.

A delivery is fetched as a whole first, under the name of its lease. Only when the server has said that it is this
agent's does it move into the hot folder: of two agents with the same delivery one is told no, and nothing is printed
twice. What is in `.mine` was promised to the server and moves as soon as the agent runs again.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from spiff.delivery.hot_folder import STATE, inside, sync, write_whole

_MINE = ".mine"
_UNFINISHED = ".part"


class Staging:
    """What is under way into one hot folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = folder / STATE
        self._state.mkdir(parents=True, exist_ok=True)

    def leases(self) -> Iterator[str]:
        """Leases whose files are here, and nobody knows whether the server was told."""
        for each in self._state.iterdir():
            if each.is_dir() and each.suffix not in {_MINE, _UNFINISHED}:
                yield each.name

    def keep(self, lease: str, files: Mapping[str, bytes]) -> None:
        """Keep all files of a lease, or none. Raises UnsafeName where one would leave the folder."""
        for name in files:
            inside(self._folder, name)
        unfinished = self._state / (lease + _UNFINISHED)
        shutil.rmtree(unfinished, ignore_errors=True)
        for name, data in files.items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        unfinished.rename(self._state / lease)
        sync(self._state)

    def accept(self, lease: str) -> None:
        """The server said that this delivery is ours."""
        (self._state / lease).rename(self._state / (lease + _MINE))
        sync(self._state)

    def forget(self, lease: str) -> None:
        """The server said that this delivery is somebody else's."""
        shutil.rmtree(self._state / lease)

    def publish(self) -> None:
        """Move all that is ours into the hot folder, each file whole and once."""
        for mine in self._state.glob("*" + _MINE):
            for path in _files(mine):
                target = self._folder / path.relative_to(mine)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
                sync(target.parent)
            shutil.rmtree(mine)


def _files(folder: Path) -> Iterable[Path]:
    """Tickets last: what they speak of is there by then."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(found, key=lambda path: (path.name.endswith(".ticket.json"), path))
