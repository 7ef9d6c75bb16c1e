"""Choosing anew how a desk works: dated, reasoned, and never back in time."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.cast import Town, town

from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.tenancy.actions import VersionRefused, make_procedure_version
from opvangloket.foundation.tenancy.queries import procedure_in_force, procedure_versions
from opvangloket.rules.procedure import Procedure

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def here(db: None) -> Town:
    return town(NOW)


def _make(here: Town, **different: object) -> int:
    given: dict[str, object] = {
        "desk_id": here.ninove.id,
        "procedure": Procedure(answer_term_days=12),
        "valid_from": here.today,
        "reason": "De opvang vroeg minder tijd.",
        "consultation_advice": "Gunstig, 12 februari 2026.",
        "actor": here.lead,
        "now": NOW,
    }
    with here.at_desk():
        return make_procedure_version(**(given | different))  # type: ignore[arg-type]


def test_a_version_holds_from_its_day_and_says_why(here: Town) -> None:
    tomorrow = here.today + timedelta(days=1)
    assert _make(here, valid_from=tomorrow) == 1
    with here.at_desk():
        assert procedure_in_force(here.ninove.id, here.today).procedure == Procedure()
        assert procedure_in_force(here.ninove.id, tomorrow).procedure.answer_term_days == 12
        [version] = procedure_versions(here.ninove.id)
        assert (version.reason, version.consultation_advice) == (
            "De opvang vroeg minder tijd.",
            "Gunstig, 12 februari 2026.",
        )
        assert version.made_by_id == here.karel.id
        event = AuditEvent.objects.get(action="settings.change")
        assert event.codes == ["version:1", "answer_term_days"]


def test_versions_are_numbered_one_after_the_other(here: Town) -> None:
    assert _make(here) == 1
    assert _make(here, procedure=Procedure(answer_term_days=13)) == 2
    with here.at_desk():
        assert procedure_in_force(here.ninove.id, here.today).number == 2


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"valid_from": NOW.date() - timedelta(days=1)}, "valid_from"),
        ({"reason": "  "}, "reason"),
        ({"procedure": Procedure()}, "procedure"),
    ],
)
def test_what_cannot_be_a_version_is_refused(here: Town, different: dict[str, object], field: str) -> None:
    with pytest.raises(VersionRefused) as refused:
        _make(here, **different)
    assert refused.value.field == field
    with here.at_desk():
        assert procedure_versions(here.ninove.id) == ()
