"""An SFTP server, by the OpenSSH client of this machine: its key files, its known hosts, no password.

Files get their names when they are whole. Folders are made where they are missing.
"""

import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from spiff.catalogue.channels import SftpChannel
from spiff.delivery.channels.contents import contents
from spiff.delivery.hot_folder import UnsafeName, inside
from spiff.delivery.model import NotDelivered, Parcel
from spiff.jobs.handlers import JobFailed
from spiff.web.routing import Services

_SECONDS = 600.0


def send(services: Services, settings: SftpChannel, parcel: Parcel) -> None:
    """Put the files there, each under another name first.

    Some servers give no name that is taken. There the file of an earlier try is removed first, but only then: for a
    moment it would be missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        named: list[tuple[str, Path, str]] = []
        for place, (name, _, data) in enumerate(contents(services, parcel, ticket=settings.ticket)):
            local = Path(folder, str(place))
            local.write_bytes(data)
            named.append((name, local, f"{parcel.id}-{place}.part"))
        said = _run(settings, [line for each in named for line in _commands(settings.path, *each)])
        if said and "rename" in said:
            said = _run(settings, [line for each in named for line in _commands(settings.path, *each, anew=True)])
    if said:
        raise NotDelivered(f"{settings.host} did not take the files: {said}"[:300])


def _commands(root: str, name: str, local: Path, part: str, *, anew: bool = False) -> list[str]:
    try:
        inside(Path(), name)
    except UnsafeName as failure:
        raise JobFailed(str(failure)) from failure
    target = PurePosixPath(root, name)
    waiting = target.parent / part
    folders = [each for each in reversed(target.parents) if len(each.parts) > len(PurePosixPath(root).parts)]
    made = [f'-mkdir "{each}"' for each in folders]
    removed = [f'-rm "{target}"'] if anew else []
    return [*made, f'put "{local}" "{waiting}"', *removed, f'rename "{waiting}" "{target}"']


def _run(settings: SftpChannel, commands: Sequence[str]) -> str:
    """What the client said where it ended at a command; nothing where all is well. Raises NotDelivered."""
    words = ["sftp", "-b", "-", "-P", str(settings.port), "-i", settings.key_file]
    for option in (
        "BatchMode=yes",
        "IdentitiesOnly=yes",
        "StrictHostKeyChecking=yes",
        "ConnectTimeout=15",
        "ServerAliveInterval=15",  # a server that is silent for three of these is away
        f"UserKnownHostsFile={settings.known_hosts}",
    ):
        words += ["-o", option]
    try:
        status, told = _ran(
            [*words, "--", f"{settings.user}@{settings.host}"], "".join(f"{each}\n" for each in commands)
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise NotDelivered(f"sftp could not be run: {type(failure).__name__}") from failure
    said = told.decode("utf-8", "replace").strip().splitlines()
    return (said[-1] if said else str(status)) if status else ""


def _ran(words: Sequence[str], commands: str) -> tuple[int, bytes]:
    """How the client ended, and what it told. Raises TimeoutExpired where it took too long.

    The client is ended then with the `ssh` that it began: alone that would stay for as long as the server is silent.
    """
    with subprocess.Popen(  # noqa: S603 - no shell; every word is of the merchant's catalogue file
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as client:
        try:
            _, told = client.communicate(commands.encode(), timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(client.pid, signal.SIGKILL)
            raise
    return client.returncode, told
