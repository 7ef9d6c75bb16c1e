"""The retention table (`policies/retention.yaml`), read as data and held against the models."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import models

RETENTION_FILE = Path(__file__).resolve().parents[2] / "policies" / "retention.yaml"
_LINE = ("purpose", "ground", "subject", "keep")
_SUBJECTS = frozenset({"family", "staff", "organiser", "none"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A table or field whose line is missing or wrong, and the line to add."""

    table: str
    message: str
    hint: str


@cache
def lines() -> Mapping[str, Mapping[str, Any]]:
    """Return the line of each table, by its label ("requests.CareRequest")."""
    loaded: dict[str, Mapping[str, Any]] = yaml.safe_load(RETENTION_FILE.read_text(encoding="utf-8"))["tables"]
    return loaded


def own_models() -> list[type[models.Model]]:
    """Return every model of ours (other applications' tables hold sessions and jobs)."""
    return [model for model in apps.get_models() if model.__module__.startswith("opvangloket.")]


def problems(tables: Iterable[type[models.Model]], table_lines: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """Return what is missing or wrong in the table of retention lines."""
    found = []
    labels = {model._meta.label: model for model in tables}
    for label, model in labels.items():
        line = table_lines.get(label)
        if line is None:
            hint = f"{label}: {{purpose: …, ground: …, subject: family|staff|organiser|none, keep: {{years: n, after: …}}}}"
            found.append(Problem(label, f"{label} has no retention line.", hint))
            continue
        found += _line_problems(label, model, line)
    found += [
        Problem(label, f"{label} has a retention line but no table.", "Remove the line.")
        for label in table_lines
        if label not in labels
    ]
    return found


def _line_problems(label: str, model: type[models.Model], line: Mapping[str, Any]) -> list[Problem]:
    found = [Problem(label, f"{label} does not say its {key}.", f"Add `{key}: …`.") for key in _LINE if key not in line]
    if line.get("subject") not in _SUBJECTS:
        found.append(Problem(label, f"{label} has an unknown subject.", f"Use one of {', '.join(sorted(_SUBJECTS))}."))
    keep = line.get("keep", {})
    if "for" not in keep and not ({"years", "days"} & keep.keys() and "after" in keep):
        found.append(
            Problem(label, f"{label} does not say how long.", "Use {years: n, after: moment} or {for: reason}.")
        )
    columns = {field.name for field in model._meta.get_fields()}
    found += [
        Problem(label, f"{label}.{name} has a retention line but no column.", "Remove the line.")
        for name in line.get("fields", {})
        if name not in columns
    ]
    return found
