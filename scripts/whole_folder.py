"""A folder that is replaced whole, at one moment, or not at all."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Of Linux' renameat2: paths are relative to the current folder, and both names change hands.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class InUseError(Exception):
    """Another process is replacing the folder."""

    def __init__(self) -> None:
        super().__init__("another build of it is running")


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield the path at which to make what shall take the place of `folder`.

    It takes it when the block ends without an exception. Until then, and after any exception or
    kill, `folder` is as it was; what a killed process has left is removed by the next. Entries of
    `folder` that begin with a dot are kept, as MkDocs keeps them. Raises InUseError where another
    process is at it, and OSError where the system refuses something.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _workplace(folder.parent / f".{folder.name}.building") as place:
        new, old = place / "new", place / "old"
        _clear(new, old, folder)
        try:
            yield new
            if folder.exists():
                _copy_hidden(folder, new)
            # Else a power cut could leave a folder of empty files.
            os.sync()
            _put(new, folder, aside=old)
        finally:
            with suppress(OSError):  # it is left to the next then
                _clear(new, old, folder)


@contextmanager
def _workplace(place: Path) -> Iterator[Path]:
    """A folder of one process at a time. The system frees it when the process ends, however."""
    place.mkdir(exist_ok=True)
    path = place / "lock"
    try:
        lock = path.open("w", encoding="utf-8")
    except FileNotFoundError:  # removed again by the process that is just ending
        raise InUseError from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUseError from None
        if not path.exists() or not os.path.samestat(path.stat(), os.fstat(lock.fileno())):
            raise InUseError
        try:
            yield place
        finally:
            path.unlink(missing_ok=True)
            with suppress(OSError):  # something is left in it
                place.rmdir()


def _clear(new: Path, old: Path, folder: Path) -> None:
    """Undo half of a replacement, and remove what it has left."""
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)


def _copy_hidden(folder: Path, new: Path) -> None:
    for entry in sorted(folder.glob(".*")):
        copy = new / entry.name
        if os.path.lexists(copy):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, copy, symlinks=True)
        else:
            shutil.copy2(entry, copy, follow_symlinks=False)


def _put(new: Path, folder: Path, *, aside: Path) -> None:
    """Let `new` take the place of `folder`, which afterwards is one of the other two paths."""
    if not folder.exists():
        new.rename(folder)
    elif not _exchange(new, folder):
        # Two steps. A process killed between them leaves no `folder`; the next brings it back.
        folder.rename(aside)
        new.rename(folder)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names at one moment; returns whether they did.

    Linux can, on its own file systems; others and some network file systems cannot.
    """
    try:
        rename = ctypes.CDLL(None).renameat2
    except AttributeError:
        return False
    done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(done == 0)
