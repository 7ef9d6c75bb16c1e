"""The database holds the line: what is appended cannot be changed."""

import pytest
from django.db import DatabaseError, connection

from opvangloket.foundation.audit.append_only import TABLES


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_app_role_cannot_change_history(table: str, act: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(act.format(table))
