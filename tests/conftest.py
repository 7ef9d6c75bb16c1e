"""The test database: one template per set of migrations, a copy of it per worker, on the embedded server or a real one."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests import databases


def pytest_collection_finish() -> None:
    """Leave what is there for good, code and tests, out of every later search for garbage, and search less often."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """Keep the database server running while the tests run."""
    from opvangloket.config import database

    databases.hurry()
    with database.running():
        # On the very first run the settings were read before the server and its passwords were made.
        for alias, conninfo in (("default", database.app_conninfo()), ("owner", database.owner_conninfo())):
            connections[alias].settings_dict["PASSWORD"] = database.django_settings(conninfo)["PASSWORD"]
        yield


@pytest.fixture(scope="session")
def django_db_setup(database_server: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker a database of its own: a copy of the template with all migrations applied."""
    with ExitStack() as stack, django_db_blocker.unblock():
        stack.enter_context(databases.copy_in_use(databases.template()))
        yield


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Give one test a database of its own in which commits last: for two connections at once, or a killed process.

    The database refuses to empty what is append-only, so such a test gets a fresh copy instead; yields its name.
    """
    with django_db_blocker.unblock(), databases.copy_in_use(databases.template()) as name:
        yield name
