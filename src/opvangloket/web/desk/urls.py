"""The addresses of desk staff, under /werk/."""

from django.urls import URLPattern, path

from opvangloket.web.access import urls as access
from opvangloket.web.desk import (
    complaints_page,
    failed_messages_page,
    families_page,
    lists_page,
    new_leads_page,
    new_managers_page,
    news_pages,
    settings_pages,
    worklist_page,
)
from opvangloket.web.desk.acts import answers, care, lines, notes, offers, request, search_end
from opvangloket.web.desk.acts.page import FileAct, act_page
from opvangloket.web.desk.agreement import agreement_pages, signature_pages
from opvangloket.web.desk.consultation import consultation_pages
from opvangloket.web.desk.files import conversation_page, file_page, merge_page
from opvangloket.web.desk.locations import (
    asked_page,
    closing_page,
    location_page,
    locations_pages,
    moving_page,
    official_pages,
    opening_page,
    paper_page,
)
from opvangloket.web.desk.registering import register_page
from opvangloket.web.desk.report import report_urls

app_name = "desk"

_FILE = "<slug:desk>/gezin/<str:reference>/"
_LOCATION = "<slug:desk>/opvang/<slug:slug>/"
# Acts on a file, by the name of their route and the Dutch word in their address.
_ACTS: dict[str, tuple[str, FileAct]] = {
    "write_note": ("notitie", notes.WRITE_NOTE),
    "finish_task": ("taak", notes.FINISH_TASK),
    "send_again": ("bericht", notes.SEND_AGAIN),
    "verify": ("contact-bevestigen", lines.VERIFY),
    "send": ("versturen", lines.SEND),
    "add_location": ("opvang-toevoegen", lines.ADD_LOCATION),
    "new_round": ("nieuwe-ronde", lines.NEW_ROUND),
    "place_directly": ("rechtstreeks", offers.PLACE_DIRECTLY),
    "change_wish": ("wens", request.CHANGE_WISH),
    "correct": ("typfout", request.CORRECT),
    "urgent": ("dringend", request.URGENT),
    "contact": ("contact", request.CONTACT),
    "birth": ("geboorte", request.BIRTH),
    "still_searching": ("zoekt-nog", request.STILL_SEARCHING),
    "close": ("sluiten", search_end.CLOSE),
    "reopen": ("heropenen", search_end.REOPEN),
    "undo_set_aside": ("toch-meetellen", search_end.UNDO_SET_ASIDE),
}
# Acts on the line of one location.
_LINE_ACTS: dict[str, tuple[str, FileAct]] = {
    "enter_answer": ("antwoord", answers.ENTER_ANSWER),
    "stop_waiting": ("zonder-antwoord", lines.STOP_WAITING),
    "drop_location": ("schrappen", lines.DROP_LOCATION),
    "accept": ("aannemen", offers.ACCEPT),
    "decline": ("weigeren", offers.DECLINE),
    "extend": ("meer-tijd", offers.EXTEND),
    "withdraw_offer": ("intrekken", offers.WITHDRAW),
    "confirm_start": ("start", offers.CONFIRM_START),
    "change_days": ("andere-dagen", care.CHANGE_DAYS),
    "move_child": ("verhuizen", care.MOVE),
    "answer_change": ("verandering", care.ANSWER_CHANGE),
    "end_care": ("stopt", offers.END_CARE),
    "go_on": ("gaat-door", offers.GO_ON),
}


def _act_addresses() -> list[URLPattern]:
    own = [path(f"{_FILE}{word}/", act_page(act), name=name) for name, (word, act) in _ACTS.items()]
    of_lines = [
        path(f"{_FILE}{word}/<slug:location>/", act_page(act), name=name) for name, (word, act) in _LINE_ACTS.items()
    ]
    return own + of_lines


def _complaint_addresses() -> list[URLPattern]:
    complaint = "<slug:desk>/klachten/<slug:reference>/"
    return [
        path("<slug:desk>/klachten/", complaints_page.index, name="complaints"),
        path(complaint, complaints_page.complaint, name="complaint"),
        *(
            path(f"{complaint}{word}/", complaints_page.step_page(kind), name=name)
            for kind, (_right, name, word) in complaints_page.STEPS.items()
        ),
    ]


urlpatterns = [
    *access.DESK,
    path("<slug:desk>/", worklist_page.worklist, name="worklist"),
    path("<slug:desk>/opnemen/", register_page.register, name="register"),
    path("<slug:desk>/opgenomen/<str:reference>/", register_page.registered, name="registered"),
    path("<slug:desk>/gezinnen/", families_page.families, name="families"),
    path(_FILE, file_page.file, name="file"),
    path(f"{_FILE}dubbel/", merge_page.duplicates, name="duplicates"),
    path(f"{_FILE}dubbel/<str:other>/", merge_page.compare, name="compare"),
    path(f"{_FILE}gesprek/<slug:location>/", conversation_page.converse, name="conversation"),
    *_act_addresses(),
    path("<slug:desk>/opvang/", locations_pages.locations, name="locations"),
    path("<slug:desk>/locaties/gevraagd/", asked_page.index, name="asked_locations"),
    path("<slug:desk>/locaties/gevraagd/beslissen/", asked_page.decide, name="decide_location"),
    path("<slug:desk>/locaties/nieuw/", opening_page.open_page, name="open_location"),
    path("<slug:desk>/locaties/register/", official_pages.upload, name="official_register"),
    path("<slug:desk>/locaties/register/voorbeeld.xlsx", official_pages.example, name="official_template"),
    path("<slug:desk>/locaties/register/<uuid:list_id>/", official_pages.changes, name="official_changes"),
    path("<slug:desk>/lijsten/", lists_page.lists, name="lists"),
    path("<slug:desk>/lijsten/beslis/", lists_page.decide, name="decide_list"),
    path(_LOCATION, locations_pages.location, name="location"),
    path(f"{_LOCATION}gesprek/", locations_pages.note_call, name="note_call"),
    path(f"{_LOCATION}open-vragen.pdf", paper_page.pdf, name="paper_list"),
    path(f"{_LOCATION}weeklijst/", locations_pages.weekly_list, name="weekly_list"),
    path(f"{_LOCATION}verhuizen/", moving_page.move, name="move_location"),
    path(f"{_LOCATION}verhuizen/toch-niet/", moving_page.stay, name="stay_here"),
    path(f"{_LOCATION}sluiten/", closing_page.close, name="close_location"),
    path(f"{_LOCATION}sluiten/toch-niet/", closing_page.stay, name="stay_open"),
    path(f"{_LOCATION}pagina/", location_page.PAGES.show, name="page"),
    path(f"{_LOCATION}pagina/klopt/", location_page.PAGES.confirm, name="confirm_page"),
    path(f"{_LOCATION}pagina/voorbeeld/", location_page.PAGES.preview, name="page_preview"),
    path(f"{_LOCATION}pagina/sluitingsdagen/weg/", location_page.PAGES.drop_closing, name="drop_closing"),
    path(f"{_LOCATION}pagina/uitleg/tonen/", location_page.show_text, name="show_text"),
    path(f"{_LOCATION}pagina/uitleg/teruggeven/", location_page.return_text, name="return_text"),
    path(f"{_LOCATION}pagina/foto/weg/", location_page.PAGES.drop_photo, name="drop_photo"),
    path(f"{_LOCATION}pagina/<slug:part>/", location_page.PAGES.change, name="page_part"),
    path("<slug:desk>/overeenkomst/", agreement_pages.show, name="agreement"),
    path("<slug:desk>/overeenkomst/nieuw/", agreement_pages.new, name="new_agreement"),
    path("<slug:desk>/overeenkomst/herinnering/", agreement_pages.remind, name="agreement_remind"),
    path("<slug:desk>/overeenkomst/samen-bekeken/", agreement_pages.review, name="agreement_review"),
    path("<slug:desk>/overeenkomst/versie/<int:number>/", agreement_pages.version, name="agreement_version"),
    path("<slug:desk>/overeenkomst/versie/<int:number>/pdf/", agreement_pages.pdf, name="agreement_pdf"),
    path("<slug:desk>/overeenkomst/van/<slug:location>/", signature_pages.paper, name="agreement_paper"),
    path("<slug:desk>/overeenkomst/van/<slug:location>/terug/", signature_pages.take_back, name="agreement_take_back"),
    path(
        "<slug:desk>/overeenkomst/van/<slug:location>/tekst/", signature_pages.partner_pdf, name="agreement_partner_pdf"
    ),
    path(
        "<slug:desk>/overeenkomst/van/<slug:location>/papier/", signature_pages.paper_file, name="agreement_paper_file"
    ),
    path("<slug:desk>/overleg/", consultation_pages.index, name="consultations"),
    path("<slug:desk>/overleg/nieuw/", consultation_pages.plan, name="new_consultation"),
    path("<slug:desk>/overleg/<slug:reference>/", consultation_pages.show, name="consultation"),
    path("<slug:desk>/overleg/<slug:reference>/veranderen/", consultation_pages.move, name="consultation_move"),
    path("<slug:desk>/overleg/<slug:reference>/afgelast/", consultation_pages.cancel, name="consultation_cancel"),
    path(
        "<slug:desk>/overleg/<slug:reference>/aanwezig/", consultation_pages.attendance, name="consultation_attendance"
    ),
    path("<slug:desk>/overleg/<slug:reference>/verslag/", consultation_pages.report, name="consultation_report"),
    path(
        "<slug:desk>/overleg/<slug:reference>/<int:number>/", consultation_pages.document, name="consultation_document"
    ),
    path("<slug:desk>/nieuws/", news_pages.index, name="news"),
    path("<slug:desk>/nieuws/nieuw/", news_pages.publish, name="new_news"),
    path("<slug:desk>/nieuws/<slug:reference>/", news_pages.item, name="news_item"),
    path("<slug:desk>/nieuws/<slug:reference>/<int:number>/", news_pages.document, name="news_document"),
    path("<slug:desk>/niet-aangekomen/", failed_messages_page.index, name="failed_messages"),
    path("<slug:desk>/niet-aangekomen/opnieuw/", failed_messages_page.again, name="failed_message_again"),
    path("<slug:desk>/niet-aangekomen/alles-opnieuw/", failed_messages_page.all_again, name="failed_messages_again"),
    path("<slug:desk>/verantwoordelijken/", new_managers_page.index, name="new_managers"),
    path("<slug:desk>/verantwoordelijken/beslissen/", new_managers_page.decide, name="decide_manager"),
    *_complaint_addresses(),
    *report_urls.REPORT,
    path("<slug:desk>/instellingen/", settings_pages.settings, name="settings"),
    path("<slug:desk>/instellingen/trekkers/", new_leads_page.decide, name="decide_lead"),
    path("<slug:desk>/instellingen/nieuw/", settings_pages.new_version, name="settings_new"),
    path("<slug:desk>/instellingen/<int:number>/", settings_pages.version, name="settings_version"),
]
