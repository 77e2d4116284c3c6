"""Settings come from the environment, .env, a TOML file or their defaults, and never show a secret."""

from pathlib import Path

import pytest

from digests.errors import SettingsError
from digests.settings import Settings, load_settings, origins


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("BRIEFING_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_everything_has_a_default() -> None:
    settings = load_settings()
    assert settings.telegram_bot_token is None
    assert settings.data_dir == Path("data")
    assert set(origins(settings).values()) == {"default"}


def test_the_environment_wins_over_dotenv_and_dotenv_over_toml(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('ingest_minutes = 30\nlog_level = "DEBUG"\nlate_hours = 2\n')
    (tmp_path / ".env").write_text("LOG_LEVEL=WARNING\nLATE_HOURS=3\n")
    monkeypatch.setenv("LATE_HOURS", "4")
    settings = load_settings()
    assert (settings.ingest_minutes, settings.log_level, settings.late_hours) == (30, "WARNING", 4)
    found = origins(settings)
    assert (found["ingest_minutes"], found["log_level"], found["late_hours"]) == (
        "briefing.toml",
        ".env",
        "environment",
    )


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert load_settings().telegram_bot_token is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ADMINS", "@somebody", "no numeric Telegram id"),
        ("LOG_LEVEL", "loud", "must be DEBUG"),
        ("INGEST_MINUTES", "soon", "valid integer"),
        ("POSITION_FLOOR", "7", "less than or equal to 1"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}: .*{words}"):
        load_settings()


def test_broken_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text("= nonsense")
    with pytest.raises(SettingsError, match=r"briefing\.toml: not valid TOML"):
        load_settings()


def test_secrets_show_in_no_repr_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "12345678:canary-canary-canary-canary-canary")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:canary@host/name")
    settings = load_settings()
    assert "canary" not in repr(settings) + str(settings)
    monkeypatch.setenv("INGEST_MINUTES", "x")
    with pytest.raises(SettingsError) as error:
        load_settings()
    assert "canary" not in str(error.value)
    assert error.value.__context__ is None or "canary" not in str(error.value.__context__)


def test_admins_and_hosts_are_lists_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMINS", "12, 34")
    monkeypatch.setenv("ALLOW_HOSTS", "Feeds.Home, 10.0.0.5")
    settings = load_settings()
    assert settings.admin_ids == {12, 34}
    assert settings.allowed_hosts == {"feeds.home", "10.0.0.5"}
