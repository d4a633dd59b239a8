"""Runs every benchmark, or those named, and prints one table: `python -m benchmarks [name…]`."""

import importlib
import sys

NAMES = ("compose", "rendering", "bulk", "orders", "browser")


def main(names: list[str]) -> None:
    """Print a row for each thing measured. A ratio above 1 is better than the limit or peer it stands against."""
    print(f"{'what':<66}{'measured':>14}{'against':>14}{'ratio':>9}  unit")
    for name in names or NAMES:
        for row in importlib.import_module(f"benchmarks.{name}").rows():
            measured, against, ratio = (_number(row[key]) for key in ("measured", "peer", "ratio"))
            print(f"{row['what']:<66}{measured:>14}{against:>14}{ratio:>9}  {row['unit']}")


def _number(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main(sys.argv[1:])
