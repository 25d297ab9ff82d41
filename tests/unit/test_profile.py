import stat

import pytest

from remotehelp.errors import ConfigError
from remotehelp.profile import load_settings, open_profile, site_organisations


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("REMOTEHELP_BROKER", "REMOTEHELP_CAMERA", "REMOTEHELP_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REMOTEHELP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_one_folder_holds_everything_of_a_profile_and_is_closed_to_others(home):
    profile = open_profile()
    for folder in (profile.config, profile.data, profile.state, profile.logs):
        assert folder.is_relative_to(home)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert profile.config_file == home / "config.toml"


def test_without_it_the_platforms_own_folders_are_used(tmp_path, monkeypatch):
    monkeypatch.delenv("REMOTEHELP_HOME", raising=False)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    assert open_profile().data == tmp_path / "DATA" / "remotehelp"


def test_a_folder_that_cannot_be_made_is_named(home):
    home.write_text("a file where the folder should be")
    with pytest.raises(ConfigError) as caught:
        open_profile()
    assert caught.value.key == "folder_not_writable"
    assert caught.value.values["folder"].startswith(str(home))


def test_flag_before_environment_before_file_before_default(home, monkeypatch):
    assert load_settings().broker is None
    open_profile().config_file.write_text('broker = "http://from-file"\n')
    assert load_settings().broker == "http://from-file"
    monkeypatch.setenv("REMOTEHELP_BROKER", "http://from-environment")
    assert load_settings().broker == "http://from-environment"
    assert load_settings(broker="http://from-flag").broker == "http://from-flag"
    assert load_settings(broker=None).broker == "http://from-environment"


def test_an_unknown_entry_is_refused_by_name(home):
    open_profile().config_file.write_text('brokr = "http://typo"\n')
    with pytest.raises(ConfigError) as caught:
        load_settings()
    assert caught.value.key == "config_not_understood"
    assert caught.value.values == {"entry": "brokr", "file": str(home / "config.toml")}


def test_a_broken_settings_file_is_named(home):
    open_profile().config_file.write_text("broker = \n")
    with pytest.raises(ConfigError) as caught:
        load_settings()
    assert (caught.value.key, caught.value.values) == ("config_not_toml", {"file": str(home / "config.toml")})


def test_a_settings_file_that_cannot_be_read_is_named(home):
    open_profile().config_file.symlink_to("/proc/self/mem")  # opens, but gives an error to whoever reads it
    with pytest.raises(ConfigError) as caught:
        load_settings()
    assert (caught.value.key, caught.value.values) == ("file_not_readable", {"file": str(home / "config.toml")})


def test_an_installers_folder_is_not_the_users(home):
    assert site_organisations().name == "organisations"
    assert not site_organisations().is_relative_to(home)
