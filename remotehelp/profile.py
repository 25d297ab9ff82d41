"""Where one profile keeps its things, and its settings: flag > environment ``REMOTEHELP_*`` > config.toml > default."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from remotehelp.errors import ConfigError

APP = "remotehelp"


@dataclass(frozen=True)
class Profile:
    """The folders of one profile; they exist and belong to this user alone."""

    config: Path
    data: Path
    state: Path
    logs: Path

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"


def open_profile() -> Profile:
    """The profile under ``REMOTEHELP_HOME`` or, without it, in the platform's own folders.

    Raises ConfigError("folder_not_writable") if a folder can't be made or written.
    """
    home = os.environ.get("REMOTEHELP_HOME")
    if home:
        root = Path(home).expanduser().resolve()
        profile = Profile(root, root / "data", root / "state", root / "logs")
    else:
        dirs = platformdirs.PlatformDirs(APP, appauthor=False)
        profile = Profile(dirs.user_config_path, dirs.user_data_path, dirs.user_state_path, dirs.user_log_path)
    for folder in (profile.config, profile.data, profile.state, profile.logs):
        ensure_folder(folder)
    return profile


def ensure_folder(folder: Path) -> Path:
    """``folder``, made with mode 0700 if it was missing; raises ConfigError if it can't be written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError("folder_not_writable", folder=str(folder)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigError("folder_not_writable", folder=str(folder))
    return folder


def site_organisations() -> Path:
    """Where an installer puts an organisation's public file, which makes it *proven* on this computer."""
    return platformdirs.site_config_path(APP, appauthor=False) / "organisations"


class Settings(BaseSettings):
    """What can be set; unknown entries in config.toml are refused by name."""

    model_config = SettingsConfigDict(env_prefix="REMOTEHELP_", extra="forbid", frozen=True)

    broker: str | None = None
    camera: str | None = None
    language: str | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags first, then the environment, then config.toml."""
        toml = TomlConfigSettingsSource(settings_cls, open_profile().config_file)
        return init_settings, env_settings, toml


def load_settings(**flags: Any) -> Settings:
    """The settings in force; flags that are None don't count.

    Raises ConfigError: "config_not_understood" names the file and the entry, "config_not_toml" and "file_not_readable"
    the file.
    """
    try:
        return Settings(**{key: value for key, value in flags.items() if value is not None})
    except ValidationError as error:
        entry = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise ConfigError("config_not_understood", entry=entry, file=str(open_profile().config_file)) from error
    except ValueError as error:  # tomllib.TOMLDecodeError
        raise ConfigError("config_not_toml", file=str(open_profile().config_file)) from error
    except OSError as error:
        raise ConfigError("file_not_readable", file=str(open_profile().config_file)) from error
