"""Every table says why it is kept and for how long."""

from django.db import models

from opvangloket.domains.requests.models import CareRequest
from opvangloket.foundation.retention import policy


def test_every_table_has_its_line() -> None:
    assert policy.problems(policy.own_models(), policy.lines()) == []


def test_a_missing_line_is_found_with_the_line_to_add() -> None:
    [problem] = policy.problems([CareRequest], {})
    assert problem.table == "requests.CareRequest"
    assert "keep" in problem.hint


def test_wrong_lines_are_found() -> None:
    line = {"purpose": "x", "ground": "y", "subject": "cats", "keep": {"years": 3}, "fields": {"no_such_column": {}}}
    found = policy.problems([CareRequest], {"requests.CareRequest": line, "requests.Gone": line})
    messages = " ".join(problem.message for problem in found)
    assert len(found) == 4
    assert "unknown subject" in messages
    assert "how long" in messages
    assert "no_such_column" in messages
    assert "requests.Gone" in messages


def test_family_tables_are_scoped() -> None:
    """What is about a family belongs to a desk, so it must refuse an unscoped query."""
    from opvangloket.foundation.tenancy.scopes import Scoped

    exempt = {"accounts.SignInCode", "requests.Draft"}  # reached by a secret before anybody is known
    unscoped = [
        model._meta.label
        for model in policy.own_models()
        if policy.lines()[model._meta.label]["subject"] == "family"
        and not issubclass(model, Scoped)
        and model._meta.label not in exempt
    ]
    assert unscoped == []
    assert all(isinstance(model, type) and issubclass(model, models.Model) for model in policy.own_models())
