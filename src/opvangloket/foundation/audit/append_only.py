"""The tables that are only ever added to. After each migration the app role loses its right to change them."""

from typing import Any

from django.db import connections
from psycopg import sql

TABLES = (
    "audit_auditevent",
    "audit_chainseal",
    "audit_tombstone",
    "tenancy_procedureversion",
    "requests_caseevent",
    "requests_wishversion",
    "distribution_sending",
    "distribution_answer",
    "contact_threadmessage",
    "contact_complaintstep",
    "contact_newsitem",
    "contact_newsrecipient",
    "contact_newsread",
    "cooperation_agreementversion",
    "cooperation_agreementreview",
    "reporting_filedreport",
)


def grant_rights(app_role: str, using: str = "owner") -> None:
    """Give the app role what it needs on every table, and only SELECT and INSERT on the append-only ones."""
    role = sql.Identifier(app_role)
    with connections[using].cursor() as cursor:
        run: Any = cursor.execute
        run(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        run(sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}").format(role))
        run(sql.SQL("GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
        run(sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(role))
        for table in TABLES:
            run(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), role))
