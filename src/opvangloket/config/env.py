"""What the environment says, read once and loudly: a value that cannot be understood stops the start."""

import os
import secrets
from pathlib import Path


class BadSetting(SystemExit):
    """An environment variable that cannot be used; the message says which and what to do."""


def text(name: str, default: str = "") -> str:
    """Return the variable `name`, or the contents of the file that `name`_FILE points to, else `default`."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE points to {path}, which cannot be read: {error.strerror}.") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return a yes-or-no variable; anything but yes/no/true/false/1/0 stops the start."""
    value = text(name).strip().lower()
    if not value:
        return default
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off"}:
        return False
    raise BadSetting(f"{name} is {value!r}: use yes or no.")


def number(name: str, default: int) -> int:
    """Return a whole-number variable."""
    value = text(name).strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise BadSetting(f"{name} is {value!r}: use a whole number.") from error


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a comma-separated variable as a list, without empty items."""
    value = text(name)
    return [item.strip() for item in value.split(",") if item.strip()] if value else list(default)


def var_folder() -> Path:
    """Return the folder that holds everything this installation keeps on disk (`$OPVANGLOKET_VAR`, else ./var)."""
    return Path(os.environ.get("OPVANGLOKET_VAR") or Path.cwd() / "var").resolve()


def secret_key() -> str:
    """Return the signing key: from the environment, else one made once and kept in the var folder."""
    if key := text("OPVANGLOKET_SECRET_KEY"):
        return key
    path = var_folder() / "secret-key"
    try:
        return path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise BadSetting(f"{path} cannot be read ({error.strerror}): make it readable for this user.") from error
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # "x" and not "w": when two commands start at once, the second reads what the first wrote.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            key = secrets.token_urlsafe(48)
            file.write(key)
        return key
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(
            f"The folder {path.parent} cannot be written ({error.strerror}). "
            "Choose another one with OPVANGLOKET_VAR=/path/to/folder."
        ) from error
