"""What can be set: by environment variables, a `.env`, or a TOML file. Read once, then passed down."""

import os
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from digests.errors import SettingsError


class Settings(BaseSettings):
    """Every setting, its default and what it does. `digests config` prints what is in effect and where from."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        case_sensitive=False,
        hide_input_in_errors=True,
    )

    telegram_bot_token: SecretStr | None = Field(
        None, description="Token from @BotFather. Without it, `make run` opens the sandbox."
    )
    telegram_api: str = Field("https://api.telegram.org", description="Base address of the Bot API server.")
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL as postgresql://user:password@host/name. Without it, SQLite in DATA_DIR."
    )
    data_dir: Path = Field(Path("data"), description="Where the SQLite database and its lock live.")
    admins: str = Field("", description="Numeric Telegram ids of administrators, separated by commas.")
    feeds: Path | None = Field(
        None, description="OPML file to start an empty store from. Default: the starter list that comes with the bot."
    )
    ingest_minutes: int = Field(15, ge=1, le=1440, description="How often each feed is looked at, in minutes.")
    late_hours: float = Field(6.0, gt=0, le=24, description="A briefing is sent late up to this many hours.")
    position_floor: float = Field(0.5, ge=0, le=1, description="Positions below this confidence are not shown.")
    allow_hosts: str = Field("", description="Hosts on your own network that may be fetched, separated by commas.")
    sandbox_port: int = Field(8081, ge=0, le=65535, description="Port of the sandbox on 127.0.0.1; 0 picks a free one.")
    health_port: int = Field(0, ge=0, le=65535, description="Port of /healthz on 127.0.0.1; 0 turns it off.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("admins")
    @classmethod
    def _ids(cls, value: str) -> str:
        for part in filter(None, (piece.strip() for piece in value.split(","))):
            if not part.isdigit():
                raise ValueError(f"{part!r} is no numeric Telegram id (usernames can change hands, ids can't)")
        return value

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @property
    def admin_ids(self) -> frozenset[int]:
        """The administrators' numeric ids."""
        return frozenset(int(part) for part in self.admins.replace(" ", "").split(",") if part)

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Hosts that the guarded client may reach although they are private."""
        return frozenset(part.lower() for part in self.allow_hosts.replace(" ", "").split(",") if part)

    @property
    def late(self) -> timedelta:
        """How late a briefing may still be sent."""
        return timedelta(hours=self.late_hours)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is theirs
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order of precedence: arguments, environment, .env, TOML file, default."""
        return (
            init_settings,
            env_settings,
            dotenv_settings,
            TomlConfigSettingsSource(settings_cls, toml_file=_toml_path()),
        )


def _toml_path() -> Path:
    return Path(os.environ.get("BRIEFING_CONFIG", "briefing.toml"))


def load_settings(**overrides: Any) -> Settings:
    """The settings in effect. Raises SettingsError naming the setting that is wrong, never its secret value."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{_toml_path()}: not valid TOML: {error}") from None


def origins(settings: Settings) -> dict[str, str]:
    """Where each setting's value came from: "environment", ".env", the TOML file's name, or "default"."""
    dotenv = _dotenv_names()
    toml = _toml_names()
    found = {}
    for name in Settings.model_fields:
        if os.environ.get(name.upper()) or os.environ.get(name):
            found[name] = "environment"
        elif name in dotenv:
            found[name] = ".env"
        elif name in toml:
            found[name] = str(_toml_path())
        else:
            found[name] = "default" if name not in settings.model_fields_set else "command line"
    return found


def _dotenv_names() -> set[str]:
    path = Path(".env")
    if not path.is_file():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    return {
        line.split("=", 1)[0].strip().lower() for line in lines if "=" in line and not line.lstrip().startswith("#")
    }


def _toml_names() -> set[str]:
    path = _toml_path()
    return {name.lower() for name in tomllib.loads(path.read_text(encoding="utf-8"))} if path.is_file() else set()
