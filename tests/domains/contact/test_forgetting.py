"""What people wrote, and when they came to look, is forgotten in time; what is not past its term stays."""

from datetime import timedelta
from io import BytesIO

import pytest
from tests.cast import PARENT, town
from tests.documents import pdf
from tests.domains.contact.test_conversation import says
from tests.domains.distribution.journey import NOW, asks, looking

from opvangloket.domains.contact.complaints import complain_as_family, complain_as_organiser, take_step
from opvangloket.domains.contact.models import (
    Complaint,
    ComplaintStep,
    NewsItem,
    NewsRead,
    Thread,
    ThreadMessage,
    VisitMoment,
)
from opvangloket.domains.contact.news import NewNews, open_news, publish_news
from opvangloket.domains.contact.visits import book_visit, publish_moments
from opvangloket.domains.distribution.closing import searches
from opvangloket.foundation.files.documents import checked_pdf
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.retention.carrying_out import carry_out
from opvangloket.rules.complaints import StepKind, Topic
from opvangloket.rules.conversations import Side

YEAR, DAY = timedelta(days=366), timedelta(days=1)


@pytest.mark.usefixtures("committed_database")
def test_words_go_a_year_after_the_question_and_moments_a_year_after_themselves() -> None:
    here = town(NOW)
    noor, location = asks(here), here.regenboog_centrum
    says(noor, Side.FAMILY)
    with here.at_organiser(location):
        publish_moments(location_id=location.id, starts_at=[NOW + DAY], minutes=30, actor=here.manager, now=NOW)
        moment_id = VisitMoment.objects.values_list("id", flat=True).get()
    with here.as_family(noor.registered):
        book_visit(request_id=noor.request_id, moment_id=moment_id, actor=PARENT, now=NOW)
        searches.withdraw_request(request_id=noor.request_id, actor=PARENT, now=NOW + 9 * DAY)

    def left(*, after: timedelta) -> tuple[int, int]:
        assert [one for one in carry_out(now=NOW + after) if one.left] == []
        with looking():
            return ThreadMessage.objects.count(), VisitMoment.objects.count()

    assert left(after=YEAR - 2 * DAY) == (1, 1)
    assert left(after=YEAR + 3 * DAY) == (1, 0)
    assert left(after=YEAR + 12 * DAY) == (0, 0)
    with looking():
        assert Thread.objects.count() == 1, "it goes with its request"
    carry_out(now=NOW + 6 * YEAR)
    with looking():
        assert Thread.objects.count() == 0


@pytest.mark.usefixtures("committed_database")
def test_a_complaint_goes_five_years_after_it_was_closed_or_with_its_request() -> None:
    here = town(NOW)
    noor = asks(here)
    with here.as_family(noor.registered):
        complain_as_family(
            request_id=noor.request_id,
            location_id=here.regenboog_centrum.id,
            text="Niemand belde ons terug.",
            shows_name=False,
            reference="K7M4CXR9",
            actor=PARENT,
            now=NOW,
        )
    with here.at_organiser(here.regenboog_centrum):
        complain_as_organiser(
            organiser_id=here.regenboog.id,
            desk_id=here.ninove.id,
            topic=Topic.COOPERATION,
            text="Te veel mails.",
            reference="H7M4CXRA",
            actor=here.manager,
            now=NOW,
        )
    with here.at_desk():
        for complaint_id in Complaint.objects.order_by("id").values_list("id", flat=True):
            take_step(
                complaint_id=complaint_id,
                kind=StepKind.CLOSE,
                text="Dank.",
                code="settled",
                after=0,
                actor=here.lead,
                now=NOW + 3 * DAY,
            )

    def left(*, after: timedelta) -> tuple[int, int]:
        assert [one for one in carry_out(now=NOW + after) if one.left] == []
        with looking():
            return Complaint.objects.count(), ComplaintStep.objects.count()

    assert left(after=5 * YEAR - 6 * DAY) == (2, 2), "five years are 1826 days"
    assert left(after=5 * YEAR + 3 * DAY) == (0, 0)


@pytest.mark.usefixtures("committed_database")
def test_news_goes_after_five_years_with_its_documents() -> None:
    here = town(NOW)
    with here.at_desk():
        document = checked_pdf(BytesIO(pdf()), name="agenda.pdf", size=len(pdf()))
        news = NewNews(title="Overleg", text="Op 3 maart.", documents=[document])
        publish_news(desk_id=here.ninove.id, news=news, reference="K7M4CXR9", actor=here.lead, now=NOW)
    with here.at_organiser(here.regenboog_centrum):
        open_news(reference="K7M4CXR9", organiser_id=here.regenboog.id, actor=here.manager, now=NOW)

    def left(*, after: timedelta) -> tuple[int, int, int]:
        assert [one for one in carry_out(now=NOW + after) if one.left] == []
        with looking():
            return NewsItem.objects.count(), NewsRead.objects.count(), Document.objects.count()

    assert left(after=5 * YEAR - 6 * DAY) == (1, 1, 1)
    assert left(after=5 * YEAR) == (0, 0, 0)
