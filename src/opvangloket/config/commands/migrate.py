"""Bring the database to this version: extensions, tables, rights of the app role."""

import argparse
import fcntl
import os

from opvangloket.config import database, env
from opvangloket.config.embedded import APP_ROLE


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add nothing: there is one way to migrate."""


def run(_arguments: argparse.Namespace) -> int:
    """Bring the database to this version; that happened before this command started."""
    return 0


def bring_up_to_date() -> None:
    """Apply what is new, as the owner of the tables; one command at a time."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    owner = connections["owner"]
    plan = MigrationExecutor(owner)
    if not plan.migration_plan(plan.loader.graph.leaf_nodes()):
        owner.close()
        return
    env.var_folder().mkdir(parents=True, exist_ok=True)
    descriptor = os.open(env.var_folder() / "migrate.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        apply_migrations()
    finally:
        os.close(descriptor)
        owner.close()


def apply_migrations() -> None:
    """Create extensions and tables, and give the app role its rights."""
    from django.core.management import call_command
    from django.db import connections

    from opvangloket.foundation.audit.append_only import grant_rights

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        if cursor.fetchone()[0] in {"C", "POSIX"}:
            raise SystemExit(
                "This database sorts and searches in plain C. Make it anew with: "
                "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8'."
            )
        for extension in database.EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    role = APP_ROLE if database.uses_embedded_server() else connections["default"].settings_dict["USER"]
    if role and role != connections["owner"].settings_dict["USER"]:
        grant_rights(role)
