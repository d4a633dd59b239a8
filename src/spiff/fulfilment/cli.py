"""The command `spiff render`. Prints to people; the work is done elsewhere."""

import os
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from spiff.fulfilment.bulk import render_lines
from spiff.settings import load_settings

CORES = os.cpu_count() or 1


class Format(StrEnum):
    """What to make."""

    pdf = "pdf"
    png = "png"
    svg = "svg"
    dxf = "dxf"


From = Annotated[Path, typer.Option("--from", help="A design a line (docs/printing.md).", exists=True, dir_okay=False)]
Out = Annotated[Path, typer.Option(help="Folder for the files.")]
Processes = Annotated[int, typer.Option(min=1, help="How many processes draw.")]
Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]


def render(
    file: From,
    out: Out = Path("print-files"),
    format_: Annotated[Format, typer.Option("--format")] = Format.pdf,
    processes: Processes = CORES,
    data: Data = None,
) -> None:
    """Make the print files of many designs from a file with a line of JSON each."""
    begun, console = time.monotonic(), Console(stderr=True)
    with file.open("rb") as lines:
        total = sum(1 for line in lines if line.strip())
    designs = files = refused = 0
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    )
    with bar, file.open("rb") as lines:
        task = bar.add_task("Drawing", total=total)
        settings = load_settings(data_dir=data)
        for made in render_lines(settings, lines, file.parent, out, format_=format_.value, processes=processes):
            bar.advance(task)
            designs, files, refused = designs + 1, files + made.files, refused + bool(made.refusal)
            if made.refusal:
                console.print(f"line {made.number}: {made.refusal}", markup=False, soft_wrap=True)
    seconds = time.monotonic() - begun
    typer.echo(
        f"{designs - refused} designs, {files} files in {out}, {seconds:.1f} s, {designs / seconds:.0f} a second"
    )
    if refused:
        typer.echo(f"{refused} of {designs} lines were refused", err=True)
        raise typer.Exit(1)
