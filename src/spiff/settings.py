"""Settings: from the environment (`SPIFF_…`) over an optional TOML file over defaults. Knows no domain."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that differs by installation. Every member is read from `SPIFF_` + its name in capitals."""

    base_url: str = "http://127.0.0.1:8600"
    """Public address of this platform, without a slash at the end; stands in links that it hands out."""

    data_dir: str = "data"
    """Folder of the embedded database and files."""

    database_url: str = ""
    """Empty: SQLite in `data_dir`. Otherwise `postgresql+psycopg://user:password@host/name`."""

    files_url: str = ""
    """Empty: the folder `files` in `data_dir`. Otherwise an object store such as `s3://bucket/prefix`."""

    embedded_worker: bool = True
    """Whether the web process also runs a worker. Switch it off where `spiff worker` runs elsewhere."""

    render_processes: int = 2
    """Child processes that compose and draw."""

    signature_window_seconds: int = 900
    """How far a signed request's `Date` may be from our clock, in either direction."""

    body_limit_bytes: int = 1_048_576
    """Largest body of an ordinary request."""

    order_body_limit_bytes: int = 8_388_608
    """Largest body of an order: shops send their whole order record along."""

    order_items_limit: int = 1000
    """Most items of one order."""

    log_format: str = "json"
    """`json` for machines, `console` for people."""

    log_level: str = "info"
    """Lowest level that is written: debug, info, warning, error."""

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database in force."""
        return self.database_url or f"sqlite:///{Path(self.data_dir).resolve() / 'spiff.db'}"

    @property
    def files(self) -> str:
        """The address of the file store in force."""
        return self.files_url or f"file://{Path(self.data_dir).resolve() / 'files'}"


def load_settings(environ: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """Settings in force: `overrides` over the environment over the file named by `SPIFF_CONFIG` over defaults.

    Raises `msgspec.ValidationError` naming the member that has a wrong type or is unknown in the file.
    """
    values: dict[str, Any] = {}
    if config := environ.get("SPIFF_CONFIG"):
        values |= tomllib.loads(Path(config).read_text("utf-8"))
    known = {field.name for field in msgspec.structs.fields(Settings)}
    values |= {name: environ[key] for name in known if (key := f"SPIFF_{name.upper()}") in environ}
    values |= {name: value for name, value in overrides.items() if value is not None}
    return msgspec.convert(values, Settings, strict=False)
