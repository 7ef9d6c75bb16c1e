"""Every address that a mail gives leads to a page."""

import pytest
from django.conf import settings
from django.urls import resolve

from opvangloket.domains.contact import addresses as conversations
from opvangloket.domains.cooperation.addresses import agreement_of_organiser, consultation_of_organiser
from opvangloket.domains.distribution.lines import addresses
from opvangloket.domains.providers.vacancy_links import vacancy_link_address
from opvangloket.domains.referrals.addresses import families_list

GIVEN = {
    addresses.inbox(): "organiser:inbox",
    addresses.inquiry("K7M4CXR9", "de-regenboog"): "organiser:question",
    addresses.placement("K7M4CXR9", "de-regenboog"): "organiser:placement",
    addresses.answer("een-lange-sleutel"): "organiser:answer_link",
    vacancy_link_address("een-lange-sleutel"): "organiser:vacancy_link",
    addresses.my_request("ninove", "K7M4CXR9"): "family:my_request",
    addresses.confirm_current("ninove", "K7M4CXR9"): "family:my_still_searching",
    conversations.of_family("ninove", "K7M4CXR9", "de-regenboog"): "family:conversation",
    conversations.visit_of_family("ninove", "K7M4CXR9", "de-regenboog"): "family:visits",
    conversations.visits_of_location("de-regenboog"): "organiser:visits",
    conversations.complaint_of_family("ninove", "K7M4CXR9", "H7M4CXRA"): "family:complaint",
    conversations.news_of_organiser("H7M4CXRA"): "organiser:news_item",
    consultation_of_organiser("H7M4CXRA"): "organiser:consultation",
    families_list("de-regenboog"): "organiser:families_list",
    agreement_of_organiser("ninove"): "organiser:agreement_with_desk",
    conversations.complaint_of_organiser("H7M4CXRA"): "organiser:complaint",
    conversations.of_location("K7M4CXR9", "de-regenboog"): "organiser:conversation",
}


@pytest.mark.parametrize(("address", "name"), GIVEN.items())
def test_an_address_in_a_mail_has_its_page(address: str, name: str) -> None:
    assert address.startswith(settings.PUBLIC_ADDRESS)
    assert resolve(address.removeprefix(settings.PUBLIC_ADDRESS)).view_name == name
