"""Refuses to start where the port is taken or a folder cannot be written."""

import errno
import os
import socket
import sys
import tempfile
from pathlib import Path

from postmortems.env import Environment


def address(environment: Environment) -> str:
    """Where a browser on this machine finds the site."""
    everywhere = environment.bind_address in ("0.0.0.0", "[::]")
    host = "127.0.0.1" if everywhere else environment.bind_address
    return f"http://{host}:{environment.port}"


def refuse_taken_port(environment: Environment) -> None:
    host, port = environment.bind_address.strip("[]"), environment.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        sys.exit(why_not_there(host, port, error))


def why_not_there(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"PORT {port} is taken by another program; "
            f"stop that one or choose another: make run PORT={port + 1}"
        )
    if error.errno in (errno.EADDRNOTAVAIL, socket.EAI_NONAME):
        return f"BIND_ADDRESS {host!r} is not an address of this machine."
    return f"PORT {port} on {host} cannot be used: {os.strerror(error.errno or 0)}"


def refuse_unwritable_folders(environment: Environment) -> None:
    refuse_unwritable("DATA_DIR", environment.data_dir)
    refuse_unwritable("MEDIA_ROOT", environment.media_root)
    if environment.database_url.kind == "sqlite":
        refuse_unwritable("DATABASE_URL", Path(environment.database_url.name).parent)


def refuse_unwritable(name: str, folder: Path) -> None:
    """Refuse a folder by writing to it: permissions do not show a read-only disk."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        sys.exit(
            f"{name}: the folder {str(folder)!r} cannot be written "
            f"({error.strerror}); make it writable or name another one."
        )
