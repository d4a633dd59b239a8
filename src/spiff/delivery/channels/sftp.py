"""An SFTP server, by the OpenSSH client of this machine: its key files, its known hosts, no password.

Files get their names when they are whole. Folders are made where they are missing.
"""

import subprocess
import tempfile
from pathlib import Path, PurePosixPath

from spiff.catalogue.channels import SftpChannel
from spiff.delivery.channels.contents import contents
from spiff.delivery.hot_folder import UnsafeName, inside
from spiff.delivery.model import NotDelivered, Parcel
from spiff.jobs.handlers import JobFailed
from spiff.web.routing import Services

_SECONDS = 600.0


def send(services: Services, settings: SftpChannel, parcel: Parcel) -> None:
    """Put the files there, each under another name first."""
    with tempfile.TemporaryDirectory() as folder:
        lines: list[str] = []
        for place, (name, _, data) in enumerate(contents(services, parcel, ticket=settings.ticket)):
            local = Path(folder, str(place))
            local.write_bytes(data)
            lines += _commands(settings.path, name, local, f"{parcel.id}-{place}.part")
        _run(settings, "\n".join(lines) + "\n")


def _commands(root: str, name: str, local: Path, part: str) -> list[str]:
    try:
        inside(Path(), name)
    except UnsafeName as failure:
        raise JobFailed(str(failure)) from failure
    target = PurePosixPath(root, name)
    waiting = target.parent / part
    folders = [each for each in reversed(target.parents) if len(each.parts) > len(PurePosixPath(root).parts)]
    made = [f'-mkdir "{each}"' for each in folders]
    return [*made, f'put "{local}" "{waiting}"', f'rename "{waiting}" "{target}"']


def _run(settings: SftpChannel, commands: str) -> None:
    words = ["sftp", "-b", "-", "-P", str(settings.port), "-i", settings.key_file]
    for option in (
        "BatchMode=yes",
        "IdentitiesOnly=yes",
        "StrictHostKeyChecking=yes",
        "ConnectTimeout=15",
        f"UserKnownHostsFile={settings.known_hosts}",
    ):
        words += ["-o", option]
    try:
        ran = subprocess.run(  # noqa: S603 - no shell; every word is of the merchant's catalogue file
            [*words, "--", f"{settings.user}@{settings.host}"],
            input=commands.encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise NotDelivered(f"sftp could not be run: {type(failure).__name__}") from failure
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NotDelivered(f"{settings.host} did not take the files: {said[-1] if said else ran.returncode}"[:300])
