"""Secrets at rest: field encryption, and keyed digests.

A key file holds 32 random bytes in each line, the newest first: what is written uses the newest,
and what was written before is read with the one it names. Every use derives its own key from them
(HKDF-SHA256, RFC 5869), so that a cookie's signature and a file's cipher never share one.
"""

import base64
import hashlib
import hmac
import os
import secrets
import stat
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cva.core.errors import SettingError
from cva.core.i18n import gettext as _

KEY_BYTES = 32
_NONCE_BYTES = 12
_FORMAT = b"\x02"
#: So many bytes of a stored value name the key that it was written with.
KEY_NAME_BYTES = 5
#: The key file is looked at, not read, at most so often.
_LOOKED_AT_EVERY_SECONDS = 0.01


@dataclass(frozen=True)
class Keys:
    """The keys derived from the newest secret of a key file, and from those before it.

    Attributes:
        older: The secrets before it, newest first; nothing is written with them.
        key_name: How every value that the newest has encrypted begins.
    """

    master: bytes = field(repr=False)
    older: tuple[bytes, ...] = field(default=(), repr=False)
    key_name: bytes = field(init=False, repr=False)
    _ciphers: dict[bytes, AESGCM] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ciphers = {_name_of(one): AESGCM(_derive(one, "cva/fields")) for one in self.masters}
        object.__setattr__(self, "key_name", _name_of(self.master))
        object.__setattr__(self, "_ciphers", ciphers)

    @property
    def masters(self) -> tuple[bytes, ...]:
        """All secrets, newest first."""
        return (self.master, *self.older)

    def has(self, key_name: bytes) -> bool:
        """Whether a value that begins so can be read."""
        return key_name in self._ciphers

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose only."""
        return _derive(self.master, purpose)

    def derive_older(self, purpose: str) -> list[bytes]:
        """The keys that were for a purpose before, newest first."""
        return [_derive(one, purpose) for one in self.older]

    def encrypt(self, place: bytes, plain: bytes) -> bytes:
        """Encrypt for one place (table, column and row), where alone it can be decrypted."""
        nonce = os.urandom(_NONCE_BYTES)
        return self.key_name + nonce + self._ciphers[self.key_name].encrypt(nonce, plain, place)

    def decrypt(self, place: bytes, stored: bytes) -> bytes:
        """Read back what ``encrypt`` made for the same place, with this key or one before it.

        Raises:
            SettingError: Another key made it, or the stored bytes were changed or moved.
        """
        cipher = self._ciphers.get(stored[:KEY_NAME_BYTES])
        if cipher is None:
            raise SettingError(_("A stored secret belongs to another key file."))
        try:
            return cipher.decrypt(stored[5:17], stored[17:], place)
        except (InvalidTag, ValueError) as error:
            message = _("A value of {place} was changed or moved outside the ledger.")
            raise SettingError(message.format(place=place.decode())) from error

    def digest(self, kind: str, value: str) -> str:
        """A keyed digest (HMAC-SHA256) that nobody else can make."""
        return _digest(self.master, kind, value)

    def is_digest(self, digest: str | None, kind: str, value: str) -> bool:
        """Whether ``digest`` was made of this value, with this key or one before it."""
        made = [_digest(one, kind, value) for one in self.masters]
        return any(hmac.compare_digest(each, digest or "") for each in made)


def _derive(master: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(master)


def _name_of(master: bytes) -> bytes:
    return _FORMAT + hashlib.sha256(b"cva key id" + master).digest()[: KEY_NAME_BYTES - 1]


def _digest(master: bytes, kind: str, value: str) -> str:
    return hmac.digest(_derive(master, "cva/lookup"), f"{kind}|{value}".encode(), "sha256").hex()


class _KeyFile:
    """The keys of this process, read again once their file was replaced."""

    def __init__(self, keys: Keys, path: Path | None) -> None:
        self.keys, self._path = keys, path
        self._version, self._looked_at = self._found(), time.monotonic()

    def newest(self, key_name: bytes | None) -> Keys:
        """The keys as the file holds them now; as they were while it cannot be read."""
        now = time.monotonic()
        is_unknown = key_name is not None and not self.keys.has(key_name)
        if is_unknown or now - self._looked_at > _LOOKED_AT_EVERY_SECONDS:
            self._looked_at = now
            if self._path is not None and (found := self._found()) not in {self._version, None}:
                self.keys, self._version = read_key_file(self._path), found
        return self.keys

    def _found(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat() if self._path is not None else None
        except OSError:
            return None
        return (found.st_ino, found.st_mtime_ns) if found else None


_in_use: list[_KeyFile] = []


def use(keys: Keys, path: Path | None = None) -> None:
    """Set the keys of this process; column types cannot be handed them otherwise.

    Args:
        keys: What the key file holds.
        path: The file; what is written soon after it was replaced uses its newest key.
    """
    _in_use[:] = [_KeyFile(keys, path)]


def keys(key_name: bytes | None = None) -> Keys:
    """The keys of this process.

    Args:
        key_name: How a stored value begins; a key that is not known yet is looked for at once.

    Raises:
        SettingError: None were set; nothing secret is ever written in plain text instead.
    """
    if not _in_use:
        raise SettingError(_("The key file has not been read."))
    return _in_use[0].newest(key_name)


def make_key_file(path: Path) -> None:
    """Write a new key, readable by its owner alone; never over an existing file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(_new_file(path), secrets.token_bytes(KEY_BYTES))


def add_key(path: Path) -> Keys:
    """Put a new key before those of the key file.

    Raises:
        SettingError: Another command is changing the file, or it cannot be read.
    """
    return _replace(path, lambda found: (secrets.token_bytes(KEY_BYTES), *found.masters))


def remove_older_keys(path: Path) -> Keys:
    """Keep only the newest key in the key file.

    Raises:
        SettingError: Another command is changing the file, or it cannot be read.
    """
    return _replace(path, lambda found: (found.master,))


def _replace(path: Path, change: Callable[[Keys], Sequence[bytes]]) -> Keys:
    """Put other secrets in the place of those in a key file, all at once."""
    new = path.with_name(f"{path.name}.new")
    try:
        descriptor = _new_file(new)
    except FileExistsError as error:
        message = _("Another command is changing the key file. If none is running, delete {path}.")
        raise SettingError(message.format(path=new)) from error
    try:
        masters = change(read_key_file(path))
        _write(descriptor, *masters)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return Keys(masters[0], tuple(masters[1:]))


def _new_file(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _write(descriptor: int, *masters: bytes) -> None:
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(base64.b64encode(one) + b"\n" for one in masters)
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path) -> Keys:
    """Read the key file.

    Raises:
        SettingError: It is missing, open to others than its owner, or a line of it is no key.
    """
    if not path.exists():
        raise SettingError(
            _(
                "The key file {path} is missing. Put it back from your backup: without it, "
                "phones, documents and kept files cannot be read."
            ).format(path=path)
        )
    if sys.platform != "win32" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingError(
            _("The key file {path} is open to others. Run: chmod 600 {path}").format(path=path)
        )
    masters = [_master_in(line) for line in path.read_bytes().split()] or [b""]
    if any(len(one) != KEY_BYTES or len(set(one)) == 1 for one in masters):
        raise SettingError(
            _("The file {path} holds no key of 32 bytes in base64.").format(path=path)
        )
    return Keys(masters[0], tuple(masters[1:]))


def _master_in(line: bytes) -> bytes:
    try:
        return base64.b64decode(line, validate=True)
    except ValueError:
        return b""
