"""A photo or logo: handed in, shown to families, replaced, taken away."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests import pictures
from tests.cast import Town
from tests.domains.distribution.journey import looking
from tests.web.conftest import ClientFor, PageClient
from tests.web.reading import words

from opvangloket.domains.providers.models import LocationPhoto
from opvangloket.foundation.accounts.models import OrganiserMembership, OrganiserRole
from opvangloket.foundation.files.models import Picture, PictureSize
from opvangloket.rules.procedure import PageField, Procedure

pytestmark = pytest.mark.django_db
MIA = "/organisator/locaties/mias-nestje/pagina/foto/"
PUBLIC = "/ninove/opvang/mias-nestje/"
SOURCE = re.compile(r'src="(/foto/[0-9a-f]{32}/\d+\.webp)"')


def photo(content: bytes | None = None, **more: str) -> dict[str, Any]:
    upload = SimpleUploadedFile("../../mijn foto.php", pictures.photo_with_a_place() if content is None else content)
    return {"upload": upload, "text": "De tuin met glijbaan", "kind": "photo", **more}


@pytest.fixture
def mia(here: Town, client_for: ClientFor) -> PageClient:
    return client_for(here.mia_account)


def test_families_see_the_photo_on_the_page_and_among_the_results(mia: PageClient) -> None:
    assert 'enctype="multipart/form-data"' in words(mia.get(MIA))
    saved = words(mia.post(MIA, photo(), follow=True))
    assert "Bewaard. Gezinnen zien dit meteen." in saved
    for path in (PUBLIC, "/ninove/zoeken/"):
        page = words(mia.get(path))
        assert 'alt="De tuin met glijbaan"' in page
        source = SOURCE.search(page)
        assert source
        answer = mia.get(source[1])
        assert answer.status_code == 200
        with Image.open(BytesIO(answer.content)) as picture:
            assert picture.format == "WEBP"
            assert dict(picture.getexif()) == {}
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "php" not in answer["Content-Disposition"]
    assert not answer.cookies


def test_the_minimum_of_a_town_that_asks_a_photo_is_met_by_it(here: Town, mia: PageClient) -> None:
    here.choose(Procedure(page_minimum=(*Procedure().page_minimum, PageField.PHOTO)))
    overview = "/organisator/locaties/mias-nestje/pagina/"
    assert "Een gezin herkent je opvang." in words(mia.get(overview))
    mia.post(MIA, photo(pictures.logo(), kind="logo"))
    assert "Alles wat Opvangloket Ninove vraagt, staat erop." in words(mia.get(overview))
    assert 'class="photo is-wide is-logo"' in words(mia.get(PUBLIC))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"MZ\x00\x00", "Dit is geen foto."),
        (pictures.SVG, "Een tekening in SVG tonen we niet."),
        (pictures.bomb(), "Deze foto heeft te veel pixels."),
        (pictures.moving(), "Dit beeld beweegt."),
        (b"\xff\xd8" + b"\x00" * (50 * 1024 * 1024), "Dit bestand is te groot."),
        (b"", "Dit bestand is leeg. Kies een ander."),
    ],
    ids=["program", "svg", "bomb", "moving", "50 MB", "nothing"],
)
def test_what_is_no_photo_is_asked_again_and_nothing_is_lost(mia: PageClient, content: bytes, message: str) -> None:
    mia.post(MIA, photo())
    before = SOURCE.search(words(mia.get(PUBLIC)))
    page = words(mia.post(MIA, photo(content, text="De nieuwe zandbak")))
    assert message in page
    assert "De nieuwe zandbak" in page
    assert "Kies daarna ook je bestand opnieuw." in page
    after = SOURCE.search(words(mia.get(PUBLIC)))
    assert before
    assert after
    assert before[1] == after[1]


def test_words_are_needed_and_can_change_without_another_photo(mia: PageClient) -> None:
    assert "Kies een bestand." in words(mia.post(MIA, {"text": "De tuin", "kind": "photo"}))
    assert "Vul dit nog in." in words(mia.post(MIA, photo(text="")))
    mia.post(MIA, photo())
    name = Picture.objects.get().name
    mia.post(MIA, {"text": "De tuin in de lente", "kind": "photo"})
    assert 'alt="De tuin in de lente"' in words(mia.get(PUBLIC))
    assert Picture.objects.get().name == name


def test_another_photo_and_none_forget_the_former_one(mia: PageClient) -> None:
    mia.post(MIA, photo())
    first = SOURCE.search(words(mia.get(PUBLIC)))
    assert first
    mia.post(MIA, photo(pictures.jpeg(colour="orange")))
    assert mia.get(first[1]).status_code == 404
    assert (Picture.objects.count(), PictureSize.objects.count()) == (1, 2)
    assert "Gezinnen zien weer onze tekening." in words(mia.post(f"{MIA}weg/", follow=True))
    assert (Picture.objects.count(), LocationPhoto.objects.count()) == (0, 0)
    mia.post(f"{MIA}weg/")


@pytest.mark.parametrize("path", ["/foto/onzin/480.webp", f"/foto/{'a' * 32}/480.webp"])
def test_a_picture_that_is_not_there_is_not_found(here: Town, client_for: ClientFor, path: str) -> None:
    assert client_for().get(path).status_code == 404


def test_only_the_sizes_that_were_drawn_are_given(mia: PageClient) -> None:
    mia.post(MIA, photo())
    assert mia.get(f"/foto/{Picture.objects.get().name}/481.webp").status_code == 404


@pytest.mark.parametrize("more", ["", "weg/"])
def test_strangers_do_not_find_it_and_a_stand_in_may_not(here: Town, client_for: ClientFor, more: str) -> None:
    assert client_for().post(MIA + more, photo())["Location"].startswith("/organisator/aanmelden/")
    assert client_for(here.rosa).post(MIA + more, photo()).status_code == 404
    with looking():
        OrganiserMembership.objects.filter(account=here.mia_account).update(role=OrganiserRole.STAND_IN)
    assert client_for(here.mia_account).post(MIA + more, photo()).status_code == 403
    assert not Picture.objects.exists()
