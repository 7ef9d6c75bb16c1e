"""Databases for tests: a migrated template, and copies that cost a fraction of a second."""

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

import opvangloket
from opvangloket.config import database, env
from opvangloket.config.embedded import SUPERUSER, EmbeddedServer


def _administrator() -> psycopg.Connection[Any]:
    """Connect as somebody who may make databases."""
    if not database.uses_embedded_server():
        return psycopg.connect(make_conninfo(database.owner_conninfo()), autocommit=True)
    access = EmbeddedServer(env.var_folder()).access()
    return psycopg.connect(
        host=str(access.socket_folder), user=SUPERUSER, password=access.passwords[SUPERUSER], dbname="postgres",
        autocommit=True,
    )  # fmt: skip


def _point_to(name: str) -> None:
    """Let both of Django's connections use the database `name`."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _migrations_digest() -> str:
    package = Path(opvangloket.__file__).parent
    digest = sha256()
    for path in sorted([*package.rglob("migrations/*.py"), *package.rglob("append_only.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def template() -> str:
    """Return the name of a migrated database for these migrations, made when it is not there yet."""
    name = f"test_template_{_migrations_digest()}"
    lock = os.open(env.var_folder() / "template.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _administrator() as administrator:
            row = administrator.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
            if row and row[0] == "ready":
                return name
            drop(name)
            _create(administrator, name, "template0")
            _point_to(name)
            from opvangloket.config.commands.migrate import apply_migrations

            apply_migrations()
            connections["owner"].close()
            administrator.execute(sql.SQL("COMMENT ON DATABASE {} IS 'ready'").format(sql.Identifier(name)))
    finally:
        os.close(lock)
    return name


def hurry() -> None:
    """Let the embedded server that these tests start leave out what costs time and only an installation needs.

    Nothing here must outlive a loss of power, so it does not wait for the disk; a commit still hands its log to the
    system before it is told, so a process that is killed loses nothing. And every page in a browser connects anew:
    the passwords are random and of this run's folder, so checking one need not be slow on purpose.
    """
    EmbeddedServer.settings |= {"fsync": "off", "full_page_writes": "off", "scram_iterations": "1"}


def _create(administrator: psycopg.Connection[Any], name: str, source: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
    if database.uses_embedded_server():
        from opvangloket.config.embedded import OWNER_ROLE

        # By copying files: on a server that does not wait for the disk half the time of copying by the log.
        statement += sql.SQL(" OWNER {} STRATEGY FILE_COPY").format(sql.Identifier(OWNER_ROLE))
    administrator.execute(statement)


def drop(name: str) -> None:
    """Drop a test database, with whoever is still connected to it."""
    with _administrator() as administrator:
        administrator.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def copy_in_use(source: str) -> Iterator[str]:
    """Make a copy of a database and let Django use it for as long as the block lasts; yield its name."""
    before = connections["default"].settings_dict["NAME"]
    name = f"test_{uuid.uuid4().hex[:16]}"
    lock = os.open(env.var_folder() / "template.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a template can be copied by one at a time
        with _administrator() as administrator:
            _create(administrator, name, source)
    finally:
        os.close(lock)
    _point_to(name)
    try:
        yield name
    finally:
        _point_to(before)
        drop(name)
