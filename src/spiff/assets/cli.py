"""The command `spiff assets inspect`: the intake of files, run on files at hand. Keeps nothing."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from spiff.assets.inspecting import Accepted, Refused, inspect_file, intake_pool
from spiff.assets.videos import MAX_BYTES as MOST_BYTES
from spiff.rendering.processes.pool import RenderPool

assets = typer.Typer(no_args_is_help=True, add_completion=False, help="Fonts, pictures, drawings, models and videos.")

Files = Annotated[list[Path], typer.Argument(help="Files to look through.")]


@assets.callback()
def parts() -> None:
    """Fonts, pictures, drawings, models and videos."""


@assets.command()
def inspect(files: Files) -> None:
    """Print a JSON line for each FILE: what it is, or why it is refused. The exit status is 1 where one is refused."""
    refused = False
    with intake_pool() as pool:
        for file in files:
            outcome = _inspected(pool, file)
            typer.echo(msgspec.json.encode(described(outcome)))
            refused |= isinstance(outcome, Refused)
    raise typer.Exit(refused)


def described(outcome: Accepted | Refused) -> dict[str, Any]:
    """The outcome as it stands in a line of JSON (docs/assets.md)."""
    if isinstance(outcome, Refused):
        return {"file": outcome.file, "accepted": False, "code": outcome.code, "reason": outcome.reason}
    common = {"file": outcome.file, "accepted": True, "kind": outcome.kind, "mimeType": outcome.kept.mime_type}
    return {**common, "sha256": outcome.sha256, "bytes": len(outcome.kept.data), **_facts(outcome)}


def _facts(outcome: Accepted) -> dict[str, Any]:
    if picture := outcome.picture:
        return {"widthPx": picture.width_px, "heightPx": picture.height_px, "hasAlpha": picture.has_alpha}
    if font := outcome.font:
        return msgspec.structs.asdict(font)
    if drawing := outcome.drawing:
        colors = [slot.color for slot in drawing.slots]
        slots = [slot.id for slot in drawing.slots]
        lines = sum(path.stroke_slot is not None for path in drawing.paths)
        size = {"width": drawing.width, "height": drawing.height}
        return {"colors": colors, "slots": slots, "paths": len(drawing.paths), "lines": lines, **size}
    if outcome.kind == "model":
        return {"materials": outcome.materials}
    return {}


def _inspected(pool: RenderPool, file: Path) -> Accepted | Refused:
    try:
        with file.open("rb") as opened:
            return inspect_file(pool, str(file), opened.read(MOST_BYTES + 1))
    except OSError as failure:
        return Refused(str(file), "file-unreadable", f"the file cannot be opened: {failure.strerror}")
