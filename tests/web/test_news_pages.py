"""News of a desk: to everyone at once, opened by whom, and nobody else's."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import Town
from tests.documents import pdf
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.filling import kept
from tests.web.reading import words

from opvangloket.domains.contact.models import NewsItem, NewsRead, NewsRecipient
from opvangloket.domains.contact.news import NewNews, publish_news
from opvangloket.foundation.audit.models import AuditEvent
from opvangloket.foundation.files.models import Document
from opvangloket.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
DESKS, OURS = "/werk/ninove/nieuws/", "/organisator/berichten/"
TITLE, TEXT = "Overleg op 3 maart", "We spreken de regels opnieuw af."


def typed(karel: PageClient, **different: Any) -> dict[str, Any]:
    return {"title": TITLE, "text": TEXT, "kept": kept(karel.get(f"{DESKS}nieuw/")), **different}


def upload(content: bytes | None = None, name: str = "Agenda 3 maart.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")


def published(karel: PageClient, **different: Any) -> str:
    answer = karel.post(f"{DESKS}nieuw/", typed(karel, **different))
    assert answer.status_code == 302, words(answer)
    return str(answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def tell(here: Town, reference: str) -> None:
    with here.at_desk():
        news = NewNews(title=TITLE, text=TEXT)
        publish_news(desk_id=here.ninove.id, news=news, reference=reference, actor=here.lead, now=here.now)


def test_all_organisers_get_it_in_one_act(client_for: ClientFor, here: Town) -> None:
    reference = published(client_for(here.karel), documents=[upload(), upload(name="Nota.pdf")])
    with looking():
        names = set(NewsRecipient.objects.values_list("organiser__name", flat=True))
        mails = list(Message.objects.filter(template="news_published").order_by("recipient"))
    assert names == {"De Regenboog vzw", "Mia De Smet", "Stad Ninove"}, "each once, however many locations"
    assert [mail.recipient for mail in mails] == [
        "info@regenboog.example",
        "klavertje@ninove.example",
        "mia@nestje.example",
    ]
    assert {mail.planned_at for mail in mails} == {here.now}
    assert not any(TITLE in mail.text or TEXT in mail.text for mail in mails)
    with looking():
        event = AuditEvent.objects.get(action="news.publish")
    assert event.codes == ["recipients:3"]
    page = words(client_for(here.amina).get(f"{DESKS}{reference}/"))
    assert "aan 3 organisatoren tegelijk" in page
    assert "Geopend door 0 van 3" in page


def test_it_is_new_until_it_is_opened_and_the_desk_sees_by_whom(client_for: ClientFor, here: Town) -> None:
    karel, rosa, mia = client_for(here.karel), client_for(here.rosa), client_for(here.mia_account)
    reference = published(karel, documents=[upload()])
    assert "Nieuw<" in words(rosa.get(OURS))
    with looking():
        assert not NewsRead.objects.exists(), "a list is no reading"
    page = words(rosa.get(f"{OURS}{reference}/"))
    assert TEXT in page
    assert "Het loket ziet dat je dit opende." in page
    rosa.get(f"{OURS}{reference}/")
    assert "Nieuw<" not in words(rosa.get(OURS))
    assert "Nieuw<" in words(mia.get(OURS))
    page = words(karel.get(f"{DESKS}{reference}/"))
    assert "Geopend door 1 van 3" in page
    assert "geopend door 1 van 3 organisatoren" in words(karel.get(DESKS))
    with looking():
        assert NewsRead.objects.count() == 1


def test_a_document_is_a_download_for_who_got_it(client_for: ClientFor, here: Town) -> None:
    reference = published(client_for(here.karel), documents=[upload()])
    for client, address in ((client_for(here.rosa), OURS), (client_for(here.amina), DESKS)):
        assert "Agenda 3 maart (PDF)" in words(client.get(f"{address}{reference}/"))
        answer = client.get(f"{address}{reference}/1/")
        assert answer.content == pdf()
        assert answer["Content-Disposition"] == 'attachment; filename="agenda-3-maart.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert client.get(f"{address}{reference}/2/").status_code == 404


def test_another_desk_and_its_organisers_find_nothing(client_for: ClientFor, here: Town) -> None:
    reference = published(client_for(here.karel), documents=[upload()])
    stranger = client_for(here.stranger)
    assert TITLE not in words(stranger.get("/werk/overstroom/nieuws/"))
    for more in ("", "1/"):
        assert stranger.get(f"/werk/overstroom/nieuws/{reference}/{more}").status_code == 404
        assert stranger.get(f"{DESKS}{reference}/{more}").status_code == 404
    with here.at_organiser(here.ver_weg):
        assert not NewsItem.objects.exists()
    assert client_for().get(f"{OURS}{reference}/").status_code == 302


def test_only_the_lead_publishes(client_for: ClientFor, here: Town) -> None:
    amina = client_for(here.amina)
    assert amina.get(f"{DESKS}nieuw/").status_code == 403
    assert "Schrijf een bericht" not in words(amina.get(DESKS))
    assert "Schrijf een bericht" in words(client_for(here.karel).get(DESKS))


def test_what_is_not_right_stays_typed(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    page = words(karel.post(f"{DESKS}nieuw/", typed(karel, documents=[upload(b"<script>", "les.pdf")])))
    assert "les.pdf: Dit is geen PDF" in page
    assert "Kies daarna ook je bestanden opnieuw." in page
    assert f'value="{TITLE}"' in page
    page = words(karel.post(f"{DESKS}nieuw/", typed(karel, documents=[upload() for _ in range(4)])))
    assert "Kies hoogstens 3 bestanden." in page
    page = words(karel.post(f"{DESKS}nieuw/", typed(karel, text="Bel 85.07.30-033 28.")))
    assert "Schrijf hier geen rijksregisternummer." in page
    with looking():
        assert not NewsItem.objects.exists()
        assert not Document.objects.exists()


def test_pressing_twice_tells_once(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    data = typed(karel)
    first, second = karel.post(f"{DESKS}nieuw/", data), karel.post(f"{DESKS}nieuw/", data)
    assert first["Location"] == second["Location"]
    with looking():
        assert (NewsItem.objects.count(), NewsRecipient.objects.count()) == (1, 3)
        assert Message.objects.filter(template="news_published").count() == 3


@pytest.mark.parametrize("what", ["title", "text", "documents"])
def test_going_back_to_change_it_says_that_it_went_out(client_for: ClientFor, here: Town, what: str) -> None:
    karel = client_for(here.karel)
    data = typed(karel)
    karel.post(f"{DESKS}nieuw/", data)
    answer = karel.post(f"{DESKS}nieuw/", data | {what: [upload()] if what == "documents" else "Iets anders"})
    assert "Dit bericht is al verstuurd, zoals het toen was." in words(answer)
    with looking():
        assert NewsItem.objects.count() == 1
    karel.post(f"{DESKS}nieuw/", data | {"text": "Een tweede."} | {"kept": kept(answer)})
    with looking():
        assert set(NewsItem.objects.values_list("text", flat=True)) == {TEXT, "Een tweede."}


def test_what_was_told_cannot_be_changed(here: Town) -> None:
    tell(here, "K7M4CXR9")
    for model, field in ((NewsItem, "title"), (NewsRecipient, "was_mailed")):
        with looking(), transaction.atomic(), pytest.raises(Exception, match="permission denied"):
            model.objects.update(**{field: "0"})


def test_the_number_of_queries_is_constant(client_for: ClientFor, here: Town) -> None:
    rosa, karel = client_for(here.rosa), client_for(here.karel)

    def counts() -> list[int]:
        found = []
        for client, address in ((rosa, OURS), (karel, DESKS), (karel, f"{DESKS}K7M4CXR9/")):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    tell(here, "K7M4CXR9")
    counts()
    before = counts()
    tell(here, "H7M4CXRA")
    tell(here, "J7M4CXRB")
    assert counts() == before
