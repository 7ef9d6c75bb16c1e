"""What every test of the exchange needs: an empty database of its own, and a short way to import."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests import databases
from tests.domains.exchange import installation


@pytest.fixture
def empty_installation(
    database_server: None, django_db_blocker: DjangoDbBlocker
) -> Callable[[], AbstractContextManager[None]]:
    """Return a way to work in a fresh, empty database of its own, where transactions really commit."""

    @contextmanager
    def fresh() -> Iterator[None]:
        with django_db_blocker.unblock(), databases.copy_in_use(databases.template()):
            yield

    return fresh


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small valid folder."""
    installation.write_valid_folder(tmp_path / "folder")
    return tmp_path / "folder"
