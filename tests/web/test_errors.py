"""An address that leads nowhere: a page that says so, for whoever asks and for whichever desk."""

import pytest
from tests.cast import Town
from tests.web.conftest import ClientFor

pytestmark = pytest.mark.django_db


def test_an_address_that_leads_nowhere_is_not_found_for_everybody(here: Town, client_for: ClientFor) -> None:
    noor = here.ask(here.noor())
    for client in (client_for(), client_for(here.rosa), client_for(here.amina), client_for(noor)):
        answer = client.get("/ninove/dit/is/er/niet/")
        assert answer.status_code == 404
        assert "Deze pagina vinden we niet" in answer.content.decode()
