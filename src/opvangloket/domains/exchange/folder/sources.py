"""A folder of CSV files, or its zip: which files there are, and their bytes."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile

from opvangloket.domains.exchange.folder.formats import FILES
from opvangloket.foundation.errors import OpvangloketError


class CannotReadFolder(OpvangloketError):
    """The folder or zip is not there, or cannot be opened."""

    code = "cannot_read_folder"


@dataclass(slots=True)
class Source:
    """The files of one exchange folder, by name."""

    where: Path
    zip: ZipFile | None = None
    members: dict[str, str] = field(default_factory=dict)  # the file's name → its path, or its name inside the zip

    def has(self, name: str) -> bool:
        """Tell whether the folder has this file."""
        return name in self.members

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        if self.zip:
            return self.zip.getinfo(self.members[name]).file_size
        return Path(self.members[name]).stat().st_size

    def open(self, name: str) -> IO[bytes]:
        """Open a file; raise CannotReadFolder when that is refused."""
        try:
            return self.zip.open(self.members[name]) if self.zip else Path(self.members[name]).open("rb")
        except (OSError, RuntimeError, NotImplementedError, BadZipFile) as error:
            raise _cannot_read(self.where / name, error) from error

    @property
    def ignored(self) -> tuple[str, ...]:
        """The CSV files that are not part of the format: perhaps a typing error in a name."""
        return tuple(sorted(name for name in self.members if name not in FILES and name.endswith(".csv")))


@contextmanager
def open_source(where: Path) -> Iterator[Source]:
    """Open a folder or a zip for as long as the block lasts; raise CannotReadFolder when there is none."""
    try:
        if where.is_dir():
            yield Source(where, members={path.name: str(path) for path in where.iterdir() if path.is_file()})
            return
        with ZipFile(where) as archive:
            yield Source(where, archive, _members(archive))
    except FileNotFoundError as error:
        raise CannotReadFolder(f"Er is geen map of zip op {where}. Kijk de naam na.") from error
    except (BadZipFile, zlib.error, EOFError) as error:
        raise CannotReadFolder(
            f"{where} is geen map en geen hele zip. Geef de map met de CSV-bestanden, of de zip ervan."
        ) from error
    except OSError as error:
        raise _cannot_read(where, error) from error


def _members(archive: ZipFile) -> dict[str, str]:
    """Return the files that lie beside `desks.csv`: people zip the files, or the folder with the files in it."""
    paths = [PurePosixPath(info.filename) for info in archive.infolist() if not info.is_dir()]
    homes = sorted({path.parent for path in paths if path.name in FILES and "__MACOSX" not in path.parts}, key=_depth)
    return {path.name: str(path) for path in paths if homes and path.parent == homes[0]}


def _depth(path: PurePosixPath) -> tuple[int, str]:
    return len(path.parts), str(path)


def _cannot_read(where: Path, error: Exception) -> CannotReadFolder:
    reason = getattr(error, "strerror", None) or str(error)
    return CannotReadFolder(f"{where} kan niet gelezen worden ({reason}). Kijk het bestand en zijn rechten na.")
