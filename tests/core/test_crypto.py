"""Secrets at rest: readable in their own place, with their own key, unchanged, or not at all."""

import base64
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cva.core.crypto import KEY_BYTES, Keys, make_key_file, read_key_file
from cva.core.errors import SettingError

KEYS = Keys(bytes(range(KEY_BYTES)))
OTHER = Keys(bytes(range(1, KEY_BYTES + 1)))
PHONE, DOCUMENT = b"beneficiary.phone", b"beneficiary.id_number"


@given(st.binary(max_size=200))
def test_what_is_encrypted_is_read_back(plain: bytes) -> None:
    assert KEYS.decrypt(PHONE, KEYS.encrypt(PHONE, plain)) == plain


def test_the_same_value_twice_does_not_look_the_same() -> None:
    assert KEYS.encrypt(PHONE, b"+79120000000") != KEYS.encrypt(PHONE, b"+79120000000")


def test_a_value_moved_to_another_column_is_refused() -> None:
    with pytest.raises(SettingError):
        KEYS.decrypt(DOCUMENT, KEYS.encrypt(PHONE, b"+79120000000"))


def test_any_flipped_bit_is_refused() -> None:
    stored = KEYS.encrypt(PHONE, b"+7912")
    for place in range(len(stored) * 8):
        changed = bytearray(stored)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(SettingError):
            KEYS.decrypt(PHONE, bytes(changed))


def test_any_shortened_value_is_refused() -> None:
    stored = KEYS.encrypt(PHONE, b"+7912")
    for length in range(len(stored)):
        with pytest.raises(SettingError):
            KEYS.decrypt(PHONE, stored[:length])


def test_another_key_does_not_read_it() -> None:
    with pytest.raises(SettingError):
        OTHER.decrypt(PHONE, KEYS.encrypt(PHONE, b"+7912"))


def test_a_digest_needs_the_key_and_tells_kinds_apart() -> None:
    one = KEYS.digest("phone", "+7912")
    assert one == KEYS.digest("phone", "+7912")
    assert len({one, KEYS.digest("id number", "+7912"), OTHER.digest("phone", "+7912")}) == 3


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert KEYS.derive("cva/fields") != KEYS.derive("cva/cookies") != KEYS.master


def test_the_key_is_never_shown() -> None:
    assert base64.b64encode(KEYS.master).decode() not in repr(KEYS)
    assert repr(KEYS.master) not in repr(KEYS)


def test_a_new_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "cva.key"
    make_key_file(file)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(read_key_file(file).master) == KEY_BYTES


def test_a_key_is_never_written_over_another(tmp_path: Path) -> None:
    file = tmp_path / "cva.key"
    make_key_file(file)
    kept = file.read_bytes()
    with pytest.raises(FileExistsError):
        make_key_file(file)
    assert file.read_bytes() == kept


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such modes.")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "cva.key"
    make_key_file(file)
    file.chmod(mode)
    with pytest.raises(SettingError, match="chmod 600"):
        read_key_file(file)


@pytest.mark.parametrize(
    "text",
    ["", "no base64!", base64.b64encode(b"short").decode(), base64.b64encode(bytes(32)).decode()],
)
def test_a_file_without_a_proper_key_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "cva.key"
    file.touch(0o600)
    file.write_text(text)
    with pytest.raises(SettingError, match="no key"):
        read_key_file(file)
