"""A file's text replaced whole: a run that is killed leaves the old text or the new."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from stat import S_IMODE

_MODE_OF_NEW = 0o644


def replace(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, through a temporary file beside it whose name has a dot.

    A file that is there keeps its mode, and a link goes on leading to the file that it names.
    Raises OSError, with the file as it was, where it or its folder may not be written.
    """
    path = path.resolve()
    mode = _MODE_OF_NEW
    if path.exists():
        # A rename asks only the folder; what is write-protected stays as it is all the same.
        path.open("r+b").close()
        mode = S_IMODE(path.stat().st_mode)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
