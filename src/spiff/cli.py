"""The `spiff` command: joins the commands of the parts."""

import typer

from spiff.assets.cli import assets
from spiff.auth.cli import sign, verify
from spiff.catalogue.cli import catalogue
from spiff.demo.cli import demo
from spiff.serving import serve, work

main = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The open, self-hosted platform for customised products."
)
main.command()(serve)
main.command(name="worker")(work)
main.command()(demo)
main.command()(sign)
main.command()(verify)
main.add_typer(catalogue, name="catalogue")
main.add_typer(assets, name="assets")

if __name__ == "__main__":
    main()
