"""The addresses of organisers, under /organisator/."""

from django.urls import path

from opvangloket.web.access import urls as access
from opvangloket.web.organiser import (
    closing_page,
    conversation_page,
    direct_page,
    free_page,
    inbox_page,
    link_page,
    location_pages,
    mirror_page,
    offer_page,
    page_pages,
    placement_pages,
    places_pages,
    planner_pages,
    question_page,
    several_page,
    team_page,
    together_page,
    vacancy_link_page,
    visits_page,
    what_if_page,
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
    path(f"{QUESTION}gesprek/", conversation_page.converse, name="conversation"),
    path(f"{QUESTION}voorstel/meer-tijd/", offer_page.more_time, name="more_time"),
    path(f"{QUESTION}voorstel/intrekken/", offer_page.take_back, name="withdraw_offer"),
    path("antwoord/<str:token>/", link_page.show, name="answer_link"),
    path("antwoord/<str:token>/nieuw/", link_page.fresh, name="fresh_link"),
    path("vrij/<str:token>/", vacancy_link_page.show, name="vacancy_link"),
    path("vrij/<str:token>/weg/", vacancy_link_page.close, name="vacancy_link_close"),
    path("vrij/<str:token>/nieuw/", vacancy_link_page.fresh, name="vacancy_link_fresh"),
    path("plaatsing/", direct_page.place, name="direct"),
    path("plaatsingen/", placement_pages.index, name="placements"),
    path(PLACEMENT, placement_pages.show, name="placement"),
    path(f"{PLACEMENT}bevestigen/", placement_pages.confirm, name="confirm_placement"),
    path(f"{PLACEMENT}niet-gestart/", placement_pages.not_started, name="not_started"),
    path("medewerkers/", team_page.team, name="team"),
    path("medewerkers/stop/", team_page.end, name="end_team"),
    path("locaties/", location_pages.index, name="locations"),
    path("locaties-samen/klopt/", together_page.confirm, name="confirm_together"),
    path("locaties-samen/<slug:part>/", together_page.change, name="together"),
    path(LOCATION, location_pages.show, name="location"),
    path("spiegel/", mirror_page.show, name="mirror"),
    path(f"{QUESTION}bewijs/", mirror_page.proof, name="proof"),
    path("planner/", planner_pages.index, name="planners"),
    path(PLANNER, planner_pages.show, name="planner"),
    path(f"{PLANNER}wat-als/", what_if_page.show, name="what_if"),
    path(f"{PLANNER}vrij/", free_page.publish, name="publish_free"),
    path(f"{PLANNER}<int:year>/<int:month>/", planner_pages.month, name="planner_month"),
    path(f"{PLANNER}week/<str:monday>/", planner_pages.week, name="planner_week"),
    path(f"{LOCATION}bezoek/", visits_page.visits, name="visits"),
    path(f"{LOCATION}bezoek/nieuw/", visits_page.publish, name="publish_visits"),
    path(f"{LOCATION}bezoek/weg/", visits_page.withdraw, name="withdraw_visit"),
    path(f"{LOCATION}bezoek/agenda.ics", visits_page.calendar, name="visits_calendar"),
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
