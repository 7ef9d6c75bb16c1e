"""Where the data lives: the embedded server by default, a real PostgreSQL with DATABASE_URL. One engine everywhere.

Two roles reach the same database. `owner` owns the tables and runs migrations; `app` is what pages and jobs use, and
the database itself refuses it to change or delete what is append-only (`foundation.audit.append_only`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from opvangloket.config import env
from opvangloket.config.embedded import APP_ROLE, OWNER_ROLE, SUPERUSER, EmbeddedServer

DATABASE_NAME = "opvangloket"
_FIRST_START = 18_000_001  # names the lock; any number, the same for all
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def uses_embedded_server() -> bool:
    """Return whether this installation runs on the embedded server."""
    return not env.text("DATABASE_URL")


def app_conninfo() -> str:
    """Return the address that pages and jobs use."""
    return env.text("DATABASE_URL") or _embedded_conninfo(APP_ROLE)


def owner_conninfo() -> str:
    """Return the address that migrations use: the owner of the tables."""
    if uses_embedded_server():
        return _embedded_conninfo(OWNER_ROLE)
    return env.text("DATABASE_OWNER_URL") or env.text("DATABASE_URL")


def _embedded_conninfo(role: str, database: str = DATABASE_NAME) -> str:
    server = EmbeddedServer(env.var_folder())
    try:
        password = server.access().passwords[role]
    except FileNotFoundError:  # Not made yet: settings can still be read, by a type checker for instance.
        password = ""
    return make_conninfo(host=str(server.socket_folder), user=role, password=password, dbname=database)


def django_settings(conninfo: str) -> dict[str, Any]:
    """Return a libpq address (URL or key-value) as Django's database settings."""
    facts = dict(conninfo_to_dict(conninfo))
    known = {django: facts.pop(libpq, "") or "" for libpq, django in _DJANGO_NAMES.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **known,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in facts.items() if value is not None},
    }


@contextmanager
def running() -> Iterator[None]:
    """Keep the database reachable for as long as the block lasts, with its roles and extensions in place."""
    if not uses_embedded_server():
        yield
        return
    server = EmbeddedServer(env.var_folder())
    with server.in_use() as access:
        superuser = make_conninfo(
            host=str(access.socket_folder), user=SUPERUSER, password=access.passwords[SUPERUSER], dbname="postgres"
        )
        with psycopg.connect(superuser, autocommit=True) as connection:
            # Of two commands that come first at the same moment, one makes what the other then finds.
            connection.execute("SELECT pg_advisory_lock(%s)", [_FIRST_START])
            _create_roles(connection, access.passwords)
            create_database(connection, DATABASE_NAME)
        yield


def _create_roles(connection: psycopg.Connection[Any], passwords: dict[str, str]) -> None:
    for role, attributes in ((OWNER_ROLE, "CREATEDB"), (APP_ROLE, "")):
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        if exists is None:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN " + attributes + " PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(passwords[role])
                )
            )


def create_database(connection: psycopg.Connection[Any], name: str) -> None:
    """Create an empty database owned by the owner role, unless it is there."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(OWNER_ROLE)
            )
        )
