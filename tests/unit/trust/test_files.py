import os
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from remotehelp.errors import ConfigError
from remotehelp.trust.files import (
    FILE_LIMIT,
    check_writable,
    load_key,
    make_folder,
    read_file,
    save_key,
    write_atomically,
)


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "file"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert read_file(path) == b"two"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_file_that_cannot_be_written_stays_as_it_was_and_is_named(tmp_path):
    missing = tmp_path / "missing" / "file"
    with pytest.raises(ConfigError) as caught:
        write_atomically(missing, b"")
    assert (caught.value.key, caught.value.values) == ("file_not_writable", {"file": str(missing)})
    folder = make_folder(tmp_path / "folder")
    with pytest.raises(ConfigError):
        write_atomically(folder, b"a folder is in the way")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_whether_a_file_can_be_written_is_known_without_leaving_anything(tmp_path):
    check_writable(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []
    for bad in (tmp_path / "missing" / "file", tmp_path):
        with pytest.raises(ConfigError) as caught:
            check_writable(bad)
        assert (caught.value.key, caught.value.values) == ("file_not_writable", {"file": str(bad)})
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_named(tmp_path):
    big = tmp_path / "big"
    big.write_bytes(b"x" * (FILE_LIMIT + 1))
    for path in (tmp_path / "missing", tmp_path, big):
        with pytest.raises(ConfigError) as caught:
            read_file(path)
        assert (caught.value.key, caught.value.values) == ("file_not_readable", {"file": str(path)})


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ConfigError) as caught:
        make_folder(tmp_path / "file" / "folder")
    assert caught.value.key == "folder_not_writable"


def test_a_private_key_is_for_this_user_alone(tmp_path):
    key = Ed25519PrivateKey.generate()
    old = os.umask(0)
    try:
        save_key(tmp_path / "key", key)
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert load_key(tmp_path / "key").private_bytes_raw() == key.private_bytes_raw()


def test_a_damaged_key_and_a_key_of_another_kind_are_named(tmp_path):
    path = tmp_path / "key"
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content in (b"", b"no key", other):
        path.write_bytes(content)
        with pytest.raises(ConfigError) as caught:
            load_key(path)
        assert caught.value.key == "key_not_readable"


def test_a_file_in_the_place_of_its_folder_is_named_too(tmp_path):
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(ConfigError) as caught:
        write_atomically(tmp_path / "file" / "inside", b"")
    assert caught.value.key == "file_not_writable"
    assert (tmp_path / "file").read_bytes() == b"in the way"
