"""Settings promise: the environment wins over the file, the file over the defaults, and mistakes are named."""

from pathlib import Path

import pytest

from spiff.settings import BadSettings, load_settings


def test_a_wrong_type_is_named() -> None:
    with pytest.raises(BadSettings, match=r"`render_processes` \(SPIFF_RENDER_PROCESSES\): Expected `int`"):
        load_settings({"SPIFF_RENDER_PROCESSES": "many"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RENDER_PROCESSES", "0"),
        ("SIGNATURE_WINDOW_SECONDS", "-5"),
        ("BODY_LIMIT_BYTES", "-1"),
        ("BASE_URL", "notaurl"),
        ("BASE_URL", "http://shop.example/"),
        ("LOG_FORMAT", "xml"),
        ("MAIL_URL", "smpt://user:password@host:587"),  # it was spoken to without encryption, password and all
        ("MAIL_URL", "mail.example"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_URL", "smtp://mail.example:99999"),
        ("BASE_URL", "https://spiff.example:99999"),
        ("LOG_LEVEL", "nonsense"),
        ("DATABSE_URL", "sqlite:///x.db"),
        ("CONFIG", "/does/not/exist"),
    ],
)
def test_a_value_that_would_not_work_is_refused_at_once(name: str, value: str) -> None:
    with pytest.raises(BadSettings):
        load_settings({f"SPIFF_{name}": value})


@pytest.mark.parametrize("url", ["", "smtp://a:b@host:587", "smtps://host", "smtp+plain://127.0.0.1:1025"])
def test_a_mail_server_is_named_as_the_reference_says(url: str) -> None:
    assert load_settings({"SPIFF_MAIL_URL": url}).mail_url == url


def test_an_unknown_member_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "spiff.toml").write_text('colour = "red"\n')

    with pytest.raises(BadSettings, match="colour"):
        load_settings({"SPIFF_CONFIG": str(tmp_path / "spiff.toml")})


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "spiff.toml").write_text('render_processes = 3\nlog_format = "console"\n')

    settings = load_settings({"SPIFF_CONFIG": str(tmp_path / "spiff.toml"), "SPIFF_RENDER_PROCESSES": "5"})

    assert (settings.render_processes, settings.log_format, settings.log_level) == (5, "console", "info")


def test_the_embedded_parts_live_in_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings({}, data_dir=str(tmp_path))

    assert settings.database == f"sqlite:///{tmp_path / 'spiff.db'}"
    assert settings.files == f"file://{tmp_path / 'files'}"


def test_a_variable_that_is_no_setting_is_named_as_it_was_written() -> None:
    with pytest.raises(BadSettings, match="SPIFF_PRODUCT"):
        load_settings({"SPIFF_PRODUCT": "mug"})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_of_postgresql_are_taken_as_hosting_services_write_them(scheme: str) -> None:
    settings = load_settings({"SPIFF_DATABASE_URL": f"{scheme}://user:password@host/name"})

    assert settings.database == "postgresql+psycopg://user:password@host/name"


def test_what_a_program_knows_better_than_the_defaults_gives_way_to_the_file_and_to_the_environment(
    tmp_path: Path,
) -> None:
    """`spiff serve` put the address it listens at over the `base_url` of the file."""
    (tmp_path / "spiff.toml").write_text('base_url = "https://print.example"\n')
    environ = {"SPIFF_CONFIG": str(tmp_path / "spiff.toml")}
    usual = {"base_url": "http://127.0.0.1:8700"}

    assert load_settings({}, usual=usual).base_url == "http://127.0.0.1:8700"
    assert load_settings(environ, usual=usual).base_url == "https://print.example"
    assert load_settings(environ, usual=usual, base_url="http://x.example").base_url == "http://x.example"
