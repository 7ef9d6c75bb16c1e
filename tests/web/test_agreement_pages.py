"""The pages of the cooperation agreement: made by the lead, signed by organisers, followed by the desk."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Town, open_location
from tests.documents import pdf, with_hidden
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import plain_words as words

from opvangloket.domains.cooperation.models import AgreementReview, AgreementSignature, AgreementVersion
from opvangloket.domains.providers.models import Organiser

pytestmark = pytest.mark.django_db
DESKS, OURS = "/werk/ninove/overeenkomst/", "/organisator/overeenkomst/"
NINOVES = f"{OURS}ninove/"
MIAS = f"{DESKS}van/mias-nestje/"
POINT = "Elke opvang hangt de affiche uit."
TYPED = {"number": "1", "everyone": f"- {POINT}", "income_tariff": "", "plus": "", "desk": ""}


def publishes(karel: PageClient, **different: str) -> Any:
    return karel.post(f"{DESKS}nieuw/", TYPED | {"step": "publish"} | different, follow=True)


def hidden(answer: Any) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(digest|number)" value="([^"]*)"', answer.content.decode())
    return dict(found)


def signs(client: PageClient, **different: str) -> Any:
    typed = {"name": "Rosa Maes", "agrees": "on"} | hidden(client.get(NINOVES)) | different
    return client.post(f"{NINOVES}tekenen/", typed, follow=True)


def paper(content: bytes | None = None) -> dict[str, Any]:
    upload = SimpleUploadedFile("scan.pdf", pdf() if content is None else content, "application/pdf")
    return {
        "name": "Mia De Smet",
        "signed_on_day": "2",
        "signed_on_month": "3",
        "signed_on_year": "2026",
        "paper": upload,
    }


def test_before_the_first_version(client_for: ClientFor, here: Town) -> None:
    assert "Maak de overeenkomst" in words(client_for(here.karel).get(DESKS))
    assert "Maak de overeenkomst" not in words(client_for(here.amina).get(DESKS)), "a worker makes none"
    rosa = client_for(here.rosa)
    assert "Nog geen overeenkomst" in words(rosa.get(OURS))
    assert rosa.get(NINOVES).status_code == 404
    assert "Teken de overeenkomst" not in words(rosa.get("/organisator/"))


def test_the_lead_reads_the_text_before_everyone_gets_it(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    shown = karel.post(f"{DESKS}nieuw/", TYPED | {"step": "preview"})
    assert POINT in words(shown)
    with looking():
        assert not AgreementVersion.objects.exists()
    again = karel.post(f"{DESKS}nieuw/", TYPED | {"step": "back"})
    assert POINT in again.content.decode(), "what was typed stays"
    sent = publishes(karel)
    assert "0 van 3 organisatoren tekenden" in words(sent)
    shown = karel.post(f"{DESKS}nieuw/", TYPED | {"number": "2", "step": "preview", "desk": "We komen elk jaar langs."})
    assert re.search(r"We komen elk jaar langs\.\s+nieuw", words(shown))
    assert not re.search(rf"{re.escape(POINT)}\s+nieuw", words(shown))


def test_the_next_version_starts_from_this_one(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    publishes(karel)
    form = karel.get(f"{DESKS}nieuw/")
    assert POINT in form.content.decode()
    assert hidden(form) == {"number": "2"}
    assert "Er is niets veranderd" in words(publishes(karel, number="2"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"everyone": "\n".join(["Punt."] * 21)}, "Zet er hoogstens 20"),
        ({"plus": "x" * 301}, "Maak afspraak 1 korter"),
        ({"desk": "Bel 85.07.30-033.28."}, "rijksregisternummer"),
    ],
)
def test_too_much_is_said_beside_the_field(client_for: ClientFor, here: Town, typed: dict[str, str], said: str) -> None:
    answer = publishes(client_for(here.karel), **typed)
    assert said in words(answer)
    assert next(iter(typed.values())) in html.unescape(answer.content.decode()), "nothing typed is lost"
    with looking():
        assert not AgreementVersion.objects.exists()


def test_two_leads_at_once(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    publishes(karel)
    answer = publishes(karel, everyone="Iets helemaal anders.")
    assert "Een collega maakte intussen een nieuwe versie" in words(answer)


def test_an_organiser_reads_and_signs(client_for: ClientFor, here: Town) -> None:
    publishes(client_for(here.karel))
    rosa = client_for(here.rosa)
    assert "Teken de overeenkomst met Opvangloket Ninove" in words(rosa.get("/organisator/"))
    assert "te tekenen" in words(rosa.get(OURS))
    read = words(rosa.get(NINOVES))
    assert POINT in read
    assert "Opvang met plussubsidie" not in read, "no location of hers has it"
    assert "Rosa Maes tekende op 2 maart 2026" in words(signs(rosa))
    assert "Teken de overeenkomst met" not in words(rosa.get("/organisator/"))
    assert rosa.get(f"{NINOVES}pdf/").content.startswith(b"%PDF-")
    assert "1 van 3 organisatoren tekenden" in words(client_for(here.amina).get(DESKS))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Typ je naam om te tekenen"),
        ({"name": " 7 "}, "Typ je voornaam en je naam"),
        ({"agrees": ""}, "Kruis dit aan"),
        ({"name": "85.07.30-033.28"}, "voornaam"),
    ],
)
def test_no_signature_by_accident(client_for: ClientFor, here: Town, typed: dict[str, str], said: str) -> None:
    publishes(client_for(here.karel))
    assert said in words(signs(client_for(here.rosa), **typed))
    with looking():
        assert not AgreementSignature.objects.exists()


def test_an_old_reading_signs_nothing(client_for: ClientFor, here: Town) -> None:
    karel, rosa = client_for(here.karel), client_for(here.rosa)
    publishes(karel)
    old = hidden(rosa.get(NINOVES))
    publishes(karel, number="2", everyone="Iets nieuws.")
    answer = signs(rosa, **old)
    assert "intussen veranderd" in words(answer)
    assert "Iets nieuws." in words(answer)
    with looking():
        assert not AgreementSignature.objects.exists()


def test_only_who_runs_the_organiser_signs(client_for: ClientFor, here: Town) -> None:
    publishes(client_for(here.karel))
    wim = client_for(here.wim)  # staff of the municipal organiser
    assert wim.get(NINOVES).status_code == 403
    assert wim.post(f"{NINOVES}tekenen/", {"name": "Wim"}).status_code == 403
    assert client_for(here.stranger).get(DESKS).status_code == 404


def test_a_paper_comes_back(client_for: ClientFor, here: Town) -> None:
    publishes(client_for(here.karel))
    amina = client_for(here.amina)
    assert amina.get(f"{MIAS}tekst/").content.startswith(b"%PDF-")
    refused = amina.post(MIAS, paper(with_hidden(b"<< /JavaScript 2 0 R >>")))
    assert "In deze PDF zit" in words(refused)
    assert "Mia De Smet" in refused.content.decode()
    saved = amina.post(MIAS, paper(), follow=True)
    assert "Bewaard. Mia De Smet tekende." in words(saved)
    assert amina.get(f"{MIAS}papier/").content == pdf()
    mia = client_for(here.mia_account)
    assert mia.get(f"{NINOVES}papier/").content == pdf()
    assert client_for(here.rosa).get(f"{NINOVES}papier/").status_code == 404
    assert amina.post(f"{MIAS}terug/", {"because": "Van iemand anders"}).status_code == 403, "the lead takes back"
    karel = client_for(here.karel)
    assert "Zeg kort waarom" in words(karel.post(f"{MIAS}terug/", {"because": ""}))
    assert "kan opnieuw tekenen" in words(karel.post(f"{MIAS}terug/", {"because": "Van iemand anders"}, follow=True))
    assert mia.get(f"{NINOVES}papier/").status_code == 404


def test_reminding(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    publishes(karel)
    signs(client_for(here.rosa))
    assert "2 organisatoren tekenden nog niet" in words(karel.post(f"{DESKS}herinnering/", follow=True))
    assert client_for(here.amina).post(f"{DESKS}herinnering/").status_code == 403


def test_the_yearly_look(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    publishes(karel)
    day = {"reviewed_on_day": "2", "reviewed_on_month": "3", "reviewed_on_year": "2026"}
    wrong = karel.post(f"{DESKS}samen-bekeken/", day | {"reviewed_on_year": "2027", "words": "Blijft zo."})
    assert "moet nog komen" in words(wrong)
    assert "Blijft zo." in wrong.content.decode()
    assert "Blijft zo." in words(karel.post(f"{DESKS}samen-bekeken/", day | {"words": "Blijft zo."}, follow=True))
    with looking():
        assert AgreementReview.objects.count() == 1


def test_many_organisers_are_no_more_questions(client_for: ClientFor, here: Town) -> None:
    karel = client_for(here.karel)
    publishes(karel)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            karel.get(DESKS)
        return len(queries)

    before = asked()
    with looking():
        for number in range(12):
            more = Organiser.objects.create(name=f"Organisator {number}", created_at=here.now)
            open_location(more, f"Opvang {number}", here.ninove, here.now)
    assert asked() == before
