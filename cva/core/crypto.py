"""Secrets at rest: field encryption, and keyed digests for exact look-up.

One key file holds 32 random bytes. Every use derives its own key from it (HKDF-SHA256, RFC 5869),
so that a cookie's signature, a phone's digest and a file's cipher never share one.
"""

import base64
import hashlib
import hmac
import os
import secrets
import stat
import sys
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


@dataclass(frozen=True)
class Keys:
    """The keys derived from one key file.

    Attributes:
        key_id: Four bytes that name the key; stored with every encrypted value.
    """

    master: bytes = field(repr=False)
    key_id: bytes = field(init=False, repr=False)
    _cipher: AESGCM = field(init=False, repr=False)
    _lookup: bytes = field(init=False, repr=False)
    _society_keys: dict[int, bytes] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key_id", hashlib.sha256(b"cva key id" + self.master).digest()[:4])
        object.__setattr__(self, "_cipher", AESGCM(self.derive("cva/fields")))
        object.__setattr__(self, "_lookup", self.derive("cva/lookup"))

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose only."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self.master)

    def encrypt(self, place: bytes, plain: bytes) -> bytes:
        """Encrypt for one place (table, column and row), where alone it can be decrypted."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT + self.key_id + nonce + self._cipher.encrypt(nonce, plain, place)

    def decrypt(self, place: bytes, stored: bytes) -> bytes:
        """Read back what ``encrypt`` made for the same place.

        Raises:
            SettingError: Another key made it, or the stored bytes were changed or moved.
        """
        if stored[:1] != _FORMAT or stored[1:5] != self.key_id:
            raise SettingError(_("A stored secret belongs to another key file."))
        try:
            return self._cipher.decrypt(stored[5:17], stored[17:], place)
        except (InvalidTag, ValueError) as error:
            message = _("A value of {place} was changed or moved outside the ledger.")
            raise SettingError(message.format(place=place.decode())) from error

    def digest(self, kind: str, value: str) -> str:
        """A keyed digest (HMAC-SHA256) to find an exact value by, without storing it."""
        return hmac.digest(self._lookup, f"{kind}|{value}".encode(), "sha256").hex()

    def token(self, society_id: int, kind: str, value: str) -> str:
        """What a value of one society is found by; that of another society looks unlike it."""
        return self._token(society_id, kind, value).hex()

    def number(self, society_id: int, kind: str, value: str) -> int:
        """The same as a whole number of 63 bits, where very many are stored."""
        return int.from_bytes(self._token(society_id, kind, value)[:8]) >> 1

    def _token(self, society_id: int, kind: str, value: str) -> bytes:
        key = self._society_keys.get(society_id)
        if key is None:
            key = self._society_keys[society_id] = self.derive(f"cva/lookup/{society_id}")
        return hmac.digest(key, f"{kind}|{value}".encode(), "sha256")


_in_use: list[Keys] = []


def use(keys: Keys) -> None:
    """Set the keys of this process; column types cannot be handed them otherwise."""
    _in_use[:] = [keys]


def keys() -> Keys:
    """The keys of this process.

    Raises:
        SettingError: None were set; nothing secret is ever written in plain text instead.
    """
    if not _in_use:
        raise SettingError(_("The key file has not been read."))
    return _in_use[0]


def make_key_file(path: Path) -> None:
    """Write a new key, readable by its owner alone; never over an existing file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path) -> Keys:
    """Read the key file.

    Raises:
        SettingError: It is missing, open to others than its owner, or holds no key.
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
    try:
        master = base64.b64decode(path.read_bytes().strip(), validate=True)
    except ValueError:
        master = b""
    if len(master) != KEY_BYTES or len(set(master)) == 1:
        raise SettingError(
            _("The file {path} holds no key of 32 bytes in base64.").format(path=path)
        )
    return Keys(master)
