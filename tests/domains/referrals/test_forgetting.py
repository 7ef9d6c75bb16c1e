"""Lists are forgotten after a year; that a family was referred, together with its request."""

from datetime import timedelta

import pytest
from tests.cast import PARENT, town
from tests.domains.distribution.journey import NOW, looking
from tests.domains.referrals.test_handing_in import hands_in, unanswered
from tests.domains.referrals.test_referring import refers

from opvangloket.domains.distribution.closing import searches
from opvangloket.domains.referrals.models import HandedInList, HandedInQuestion, Referral
from opvangloket.foundation.retention.carrying_out import carry_out
from opvangloket.rules.procedure import DeskMode, Procedure

YEAR, DAY = timedelta(days=366), timedelta(days=1)


@pytest.mark.usefixtures("committed_database")
def test_what_organisers_brought_is_forgotten_in_time() -> None:
    here = town(NOW)
    here.choose(Procedure(mode=DeskMode.DESK_ONLY))
    hands_in(here, unanswered(here))
    noor = refers(here)
    with here.as_family(noor):
        searches.withdraw_request(request_id=noor.request_id, actor=PARENT, now=NOW + DAY)

    def left(*, after: timedelta) -> tuple[int, int, int]:
        assert [one for one in carry_out(now=NOW + after) if one.left] == []
        with looking():
            return HandedInList.objects.count(), HandedInQuestion.objects.count(), Referral.objects.count()

    assert left(after=YEAR - 3 * DAY) == (1, 1, 1)
    assert left(after=YEAR + DAY) == (0, 0, 1)
    assert left(after=6 * YEAR) == (0, 0, 0)
