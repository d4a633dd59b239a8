"""Settings: from the environment (`SPIFF_…`) over an optional TOML file over defaults. Knows no domain."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

Count = Annotated[int, msgspec.Meta(ge=1)]
Amount = Annotated[int, msgspec.Meta(ge=0)]
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^/\s]+(/\S*[^/\s])?$")]
DatabaseAddress = Annotated[str, msgspec.Meta(pattern=r"^((sqlite:///|postgres(ql)?(\+psycopg)?://)\S+)?$")]
MailServer = Annotated[str, msgspec.Meta(pattern=r"^((smtp|smtps|smtp\+plain)://\S*[^\s/@])?$")]
"""A scheme that is misspelt must not become a connection without encryption."""

_NOT_OURS = {
    "SPIFF_CONFIG",
    "SPIFF_CHROMIUM",
    "SPIFF_PYTHON",
    "SPIFF_TEST_POSTGRES",
    "SPIFF_DESIGNS",
    "SPIFF_SEED",
    "SPIFF_FUZZ_EXAMPLES",
}
"""Names of the file itself and of the project's own tests."""


_SHAPES = {
    "base_url": "it must be an address such as https://spiff.example, without a slash at the end",
    "database_url": "it must be an address such as postgresql://user:password@host/name or sqlite:////folder/spiff.db",
    "mail_url": "it must be an address such as smtp://user:password@host:587, smtps://… or smtp+plain://…",
}
"""In words, what the patterns above say."""


_POSTGRESQL = {"postgres", "postgresql"}
"""What hosting services write; SQLAlchemy takes the one for nothing and the other for a driver that is not ours."""


class BadSettings(Exception):
    """A sentence for the person who starts the program."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that differs by installation. Every member is read from `SPIFF_` + its name in capitals."""

    base_url: Address = "http://127.0.0.1:8600"
    """Public address of this platform, without a slash at the end; stands in links that it hands out."""

    data_dir: str = "data"
    """Folder of the embedded database and files."""

    database_url: DatabaseAddress = ""
    """Empty: SQLite in `data_dir`. Otherwise `postgresql+psycopg://user:password@host/name`."""

    files_url: str = ""
    """Empty: the folder `files` in `data_dir`. Otherwise an object store such as `s3://bucket/prefix`."""

    embedded_worker: bool = True
    """Whether the web process also runs a worker. Switch it off where `spiff worker` runs elsewhere."""

    render_processes: Count = 2
    """Child processes that compose and draw."""

    job_lease_seconds: Count = 30
    """How long a job of a worker that died stays with it, before another takes it over."""

    signature_window_seconds: Count = 900
    """How far a signed request's `Date` may be from our clock, in either direction."""

    intake_processes: Count = 1
    """Child processes that look through uploaded files."""

    upload_limit_bytes: Count = 50_000_000
    """Largest uploaded file; of a video up to 100 MB, whatever this says."""

    body_limit_bytes: Count = 1_048_576
    """Largest body of an ordinary request."""

    order_body_limit_bytes: Count = 8_388_608
    """Largest body of an order: shops send their whole order record along."""

    webhooks_allow_private: bool = False
    """Whether webhooks may go to `http` addresses and into networks that are not public. For trying out."""

    mail_url: MailServer = ""
    """Mail server for deliveries: `smtp://user:password@host:587` (with STARTTLS), `smtps://…`, or `smtp+plain://…`."""

    mail_from: str = ""
    """Address that such mail comes from."""

    order_items_limit: Count = 1000
    """Most items of one order."""

    rate_limit_per_address: Amount = 6000
    """Most requests a minute of one address that does not sign; refused signatures count too. 0 is no limit."""

    rate_limit_per_key: Amount = 60_000
    """Most signed requests a minute of one integration. 0 is no limit."""

    analytics_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 400
    """For how many days counts of steps reached are kept. 0 counts none."""

    clock_file: str = ""
    """File with the seconds that our clock is ahead of the system's, for rehearsing wrong clocks. Empty: none."""

    short_link_hosts: str = ""
    """Hosts, parted by commas, that short links may lead to beside this installation."""

    design_days: Amount = 60
    """For how many days a design that nobody ordered is kept after it was last touched. 0 keeps it for good."""

    unused_file_days: Amount = 2
    """How old a file is that nothing refers to when it is set aside, and how long it stays there. 0 removes none."""

    event_days: Amount = 90
    """For how many days events are kept, and what became of telling webhooks of them. 0 keeps them for good."""

    trusted_proxies: Amount = 0
    """How many proxies of your own stand in front and append to `X-Forwarded-For`."""

    log_format: Literal["json", "console"] = "json"
    """`json` for machines, `console` for people."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Lowest level that is written: debug, info, warning, error."""

    def __post_init__(self) -> None:
        for name in ("base_url", "mail_url"):
            try:
                _ = urlsplit(getattr(self, name)).port
            except ValueError:  # no port is so large; found here, and not by the first delivery
                raise ValueError(f"`{name}` (SPIFF_{name.upper()}): {_SHAPES[name]}") from None

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database in force."""
        scheme, parted, rest = self.database_url.partition("://")
        if scheme in _POSTGRESQL:
            return f"postgresql+psycopg{parted}{rest}"
        return self.database_url or f"sqlite:///{Path(self.data_dir).resolve() / 'spiff.db'}"

    @property
    def files(self) -> str:
        """The address of the file store in force."""
        return self.files_url or f"file://{Path(self.data_dir).resolve() / 'files'}"


def load_settings(
    environ: Mapping[str, str] = os.environ, *, usual: Mapping[str, Any] | None = None, **overrides: Any
) -> Settings:
    """Settings in force: `overrides` over the environment over the file named by `SPIFF_CONFIG` over defaults.

    `usual` are defaults that are better known than those here.

    Raises BadSettings with a sentence: a file that cannot be read, a wrong value, a name nobody knows.
    """
    try:
        values = (
            dict(usual or {})
            | _given(environ)
            | {name: value for name, value in overrides.items() if value is not None}
        )
        if unknown := sorted(values.keys() - set(Settings.__struct_fields__)):
            name = unknown[0]
            raise BadSettings(f"there is no setting `{name}` (SPIFF_{name.upper()}); docs/settings.md has all of them")
        return msgspec.convert(values, Settings, strict=False)
    except (msgspec.ValidationError, OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise BadSettings(f"the settings cannot be used: {_sentence(failure)}") from None


def _sentence(failure: Exception) -> str:
    """What is wrong, by the name that the operator knows."""
    what, at, place = str(failure).partition(" - at `$.")
    name = place.rstrip("`")
    what = _SHAPES.get(name, what) if "matching regex" in what else what
    return f"`{name}` (SPIFF_{name.upper()}): {what}; docs/settings.md says what it may be" if at else what


def _given(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if config := environ.get("SPIFF_CONFIG"):
        values |= tomllib.loads(Path(config).read_text("utf-8"))
    for key in (key for key in environ if key.startswith("SPIFF_") and key not in _NOT_OURS):
        values[key.removeprefix("SPIFF_").lower()] = environ[key]
    return values
