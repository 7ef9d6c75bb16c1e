"""A table without a retention line, or a line that nobody carries out, stops every command."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from opvangloket.foundation.retention import policy, terms


@register()
def every_table_has_a_retention_line(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Hold the retention table against the models."""
    return [
        Error(problem.message, hint=problem.hint, id="retention.E001")
        for problem in policy.problems(policy.own_models(), policy.lines())
    ]


@register()
def every_term_is_carried_out(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Hold the retention table against what the nightly run does."""
    return [Error(problem.message, hint=problem.hint, id="retention.E002") for problem in terms.problems()]
