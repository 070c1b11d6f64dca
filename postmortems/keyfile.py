"""The secret key of a site that was given none: made once, kept beside the data."""

import os
import secrets
from pathlib import Path


def kept_key(file: Path) -> str:
    """The key in `file`, made first if it is not there; only its owner may read it."""
    if not file.exists():
        make_key(file)
    return file.read_text(encoding="ascii").strip()


def make_key(file: Path) -> None:
    """Writes a key whole or not at all.

    The web server and the worker start together: the link fails for the second
    of them, which then reads what the first one wrote.
    """
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
