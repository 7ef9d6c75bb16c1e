"""Where a command writes what it made: a file, or standard output."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from opvangloket.foundation.errors import OpvangloketError


class CannotWrite(OpvangloketError):
    """The file cannot be written."""

    code = "cannot_write"

    def __init__(self, path: Path, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(f"{path} kan niet geschreven worden ({reason}). Kies een andere plaats met -o.")


@contextmanager
def output_file(path: Path | None) -> Iterator[IO[bytes]]:
    """Give a file to write to; it gets its name only when the block ends well. None is standard output.

    Raises CannotWrite, before the block when the place is wrong.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        if path.exists() and not path.is_file():  # a pipe or device has no name to take over
            with path.open("wb") as device:
                yield device
            return
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as file:
                yield file
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(path, error) from error
