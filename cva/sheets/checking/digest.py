"""A digest over what was read, so that the same rows are known again in another file."""

import json
from hashlib import sha256

from cva.sheets.checking.validate import Validated


def content_digest(done: Validated) -> str:
    """The digest of all values, field by field in the order of their names.

    A cell that could not be read stands in it as typed.
    """
    digest = sha256()
    for name in sorted(done.columns):
        text = json.dumps([name, done.columns[name]], ensure_ascii=False, separators=(",", ":"))
        digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
