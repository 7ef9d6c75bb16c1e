"""The addresses of organisers, under /organisator/."""

from django.urls import path

from opvangloket.web.access import urls as access
from opvangloket.web.organiser.care import (
    arrangement_pages,
    care_pages,
    direct_page,
    known_placement_page,
    placement_pages,
)
from opvangloket.web.organiser.door import families_list_page, referral_page
from opvangloket.web.organiser.locations import (
    closing_page,
    list_page,
    location_pages,
    order_page,
    page_pages,
    places_pages,
    together_page,
    vacancy_link_page,
    visits_page,
)
from opvangloket.web.organiser.office import complaints_page, mirror_page, news_pages, team_page, work_for_page
from opvangloket.web.organiser.planner import children_page, free_page, planner_pages, what_if_page
from opvangloket.web.organiser.questions import (
    conversation_page,
    inbox_page,
    link_page,
    offer_page,
    question_page,
    several_page,
)

app_name = "organiser"

QUESTION = "vraag/<str:reference>/<slug:location>/"
PLACEMENT = "plaatsingen/<str:reference>/<slug:location>/"
LOCATION = "locaties/<slug:location>/"
PLANNER = f"{LOCATION}planner/"

urlpatterns = [
    *access.ORGANISER,
    path("", inbox_page.show, name="inbox"),
    path("samen/", several_page.several, name="several"),
    path(QUESTION, question_page.show, name="question"),
    path(f"{QUESTION}antwoord/", question_page.give, name="answer"),
    path(f"{QUESTION}verstuurd/", question_page.answered, name="answered"),
    path(f"{QUESTION}geplaatst/", known_placement_page.place, name="place_question"),
    path(f"{QUESTION}gesprek/", conversation_page.converse, name="conversation"),
    path(f"{QUESTION}voorstel/meer-tijd/", offer_page.more_time, name="more_time"),
    path(f"{QUESTION}voorstel/intrekken/", offer_page.take_back, name="withdraw_offer"),
    path("antwoord/<str:token>/", link_page.show, name="answer_link"),
    path("antwoord/<str:token>/nieuw/", link_page.fresh, name="fresh_link"),
    path("vrij/<str:token>/", vacancy_link_page.show, name="vacancy_link"),
    path("vrij/<str:token>/weg/", vacancy_link_page.close, name="vacancy_link_close"),
    path("vrij/<str:token>/nieuw/", vacancy_link_page.fresh, name="vacancy_link_fresh"),
    path("lijst/<str:token>/", list_page.by_link, name="weekly_list"),
    path("plaatsing/", direct_page.place, name="direct"),
    path("doorverwijzen/", referral_page.pass_on, name="refer"),
    path("doorverwezen/", referral_page.index, name="referrals"),
    path("plaatsingen/", placement_pages.index, name="placements"),
    path(PLACEMENT, placement_pages.show, name="placement"),
    path(f"{PLACEMENT}bevestigen/", placement_pages.confirm, name="confirm_placement"),
    path(f"{PLACEMENT}niet-gestart/", placement_pages.not_started, name="not_started"),
    path(f"{PLACEMENT}dagen/", care_pages.days, name="change_days"),
    path(f"{PLACEMENT}verhuizen/", care_pages.move, name="move_child"),
    path(f"{PLACEMENT}stopt/", care_pages.end, name="end_care"),
    path(f"{PLACEMENT}blijft/", care_pages.keep, name="keep_child"),
    path(f"{PLACEMENT}overeenkomst/", arrangement_pages.agreement, name="agreement"),
    path(f"{PLACEMENT}wennen/", arrangement_pages.settling_in, name="settling_in"),
    path(f"{PLACEMENT}wennen/weg/", arrangement_pages.drop, name="drop_settling_in"),
    path(f"{PLACEMENT}agenda.ics", arrangement_pages.calendar, name="placement_calendar"),
    path("werk-voor/", work_for_page.work_for, name="work_for"),
    path("medewerkers/", team_page.team, name="team"),
    path("medewerkers/stop/", team_page.end, name="end_team"),
    path("locaties/", location_pages.index, name="locations"),
    path("locaties-samen/klopt/", together_page.confirm, name="confirm_together"),
    path("locaties-samen/<slug:part>/", together_page.change, name="together"),
    path(LOCATION, location_pages.show, name="location"),
    path("spiegel/", mirror_page.show, name="mirror"),
    path(f"{QUESTION}bewijs/", mirror_page.proof, name="proof"),
    path("berichten/", news_pages.index, name="news"),
    path("berichten/<slug:reference>/", news_pages.item, name="news_item"),
    path("berichten/<slug:reference>/<int:number>/", news_pages.document, name="news_document"),
    path("klachten/", complaints_page.index, name="complaints"),
    path("klachten/nieuw/", complaints_page.complain, name="new_complaint"),
    path("klachten/<slug:reference>/", complaints_page.show, name="complaint"),
    path("klachten/<slug:reference>/antwoord/", complaints_page.reply, name="complaint_reply"),
    path("klachten/<slug:reference>/reactie/", complaints_page.remark, name="complaint_remark"),
    path("planner/", planner_pages.index, name="planners"),
    path(PLANNER, planner_pages.show, name="planner"),
    path(f"{PLANNER}wat-als/", what_if_page.show, name="what_if"),
    path(f"{PLANNER}kinderen/", children_page.children, name="declared_children"),
    path(f"{PLANNER}kinderen/weg/", children_page.gone, name="declared_gone"),
    path(f"{PLANNER}vrij/", free_page.publish, name="publish_free"),
    path(f"{PLANNER}<int:year>/<int:month>/", planner_pages.month, name="planner_month"),
    path(f"{PLANNER}week/<str:monday>/", planner_pages.week, name="planner_week"),
    path(f"{LOCATION}bezoek/", visits_page.visits, name="visits"),
    path(f"{LOCATION}bezoek/nieuw/", visits_page.publish, name="publish_visits"),
    path(f"{LOCATION}bezoek/weg/", visits_page.withdraw, name="withdraw_visit"),
    path(f"{LOCATION}bezoek/agenda.ics", visits_page.calendar, name="visits_calendar"),
    path(f"{LOCATION}volgorde/", order_page.show, name="order"),
    path(f"{LOCATION}open-vragen.pdf", list_page.pdf, name="paper_list"),
    path(f"{LOCATION}weeklijst/", list_page.choose, name="choose_weekly_list"),
    path(f"{LOCATION}gezinnen/", families_list_page.show, name="families_list"),
    path(f"{LOCATION}gezinnen/voorbeeld.xlsx", families_list_page.example, name="families_list_example"),
    path(f"{LOCATION}klopt/", location_pages.confirm, name="confirm_location"),
    path(f"{LOCATION}pagina/", page_pages.show, name="page"),
    path(f"{LOCATION}pagina/klopt/", page_pages.confirm, name="confirm_page"),
    path(f"{LOCATION}pagina/voorbeeld/", page_pages.preview, name="page_preview"),
    path(f"{LOCATION}pagina/sluitingsdagen/weg/", page_pages.drop_closing, name="drop_closing"),
    path(f"{LOCATION}pagina/foto/weg/", page_pages.drop_photo, name="drop_photo"),
    path(f"{LOCATION}pagina/<slug:part>/", page_pages.change, name="page_part"),
    path(f"{LOCATION}sluiten/", closing_page.close, name="close_location"),
    path(f"{LOCATION}sluiten/toch-niet/", closing_page.stay, name="stay_open"),
    path(f"{LOCATION}bijhouden/", location_pages.capacity, name="capacity"),
    path(f"{LOCATION}plaatsen/", places_pages.places, name="places"),
    path(f"{LOCATION}plaatsen/weg/", places_pages.drop, name="drop_places"),
    path(f"{LOCATION}vrij/", places_pages.declare, name="declare_vacancy"),
    path(f"{LOCATION}vrij/klopt/", places_pages.confirm, name="confirm_vacancy"),
    path(f"{LOCATION}vrij/weg/", places_pages.close, name="close_vacancy"),
]
