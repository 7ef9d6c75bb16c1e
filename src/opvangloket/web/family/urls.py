"""The addresses of families, under /{loket}/: asking a question, and following it."""

from django.urls import path

from opvangloket.web.access import urls as access
from opvangloket.web.family.ask import done, later
from opvangloket.web.family.ask import pages as ask
from opvangloket.web.family.mine import (
    calendar_page,
    care_page,
    change_page,
    child_page,
    complaints_page,
    conversation_page,
    locations_page,
    offer_pages,
    reads_page,
    stop_page,
    visits_page,
    wish_page,
)
from opvangloket.web.family.mine import pages as mine

app_name = "family"
urlpatterns = [
    *access.FAMILY,
    path("vraag/", ask.begin, name="ask"),
    path("vraag/verder/<str:token>/", ask.go_on, name="ask_go_on"),
    path("vraag/bewaren/", later.later, name="ask_later"),
    path("vraag/klaar/", done.done, name="ask_done"),
    path("vraag/klaar/agenda.ics", done.calendar, name="ask_calendar"),
    path("vraag/<slug:step>/", ask.step_page, name="ask_step"),
    path("mijn/", mine.overview, name="mine"),
    path("mijn/<slug:reference>/", mine.my_request, name="my_request"),
    path("mijn/<slug:reference>/versturen/", mine.send, name="my_send"),
    path("mijn/<slug:reference>/ik-zoek-nog/", mine.still_searching, name="my_still_searching"),
    path("mijn/<slug:reference>/aannemen/<slug:location>/", offer_pages.take, name="my_accept"),
    path("mijn/<slug:reference>/niet-nemen/<slug:location>/", offer_pages.leave, name="my_decline"),
    path("mijn/<slug:reference>/veranderen/", wish_page.change, name="my_wish"),
    path("mijn/<slug:reference>/opvang/", locations_page.locations, name="my_locations"),
    path("mijn/<slug:reference>/opvang/erbij/<slug:location>/", locations_page.add, name="my_add_location"),
    path("mijn/<slug:reference>/opvang/weg/<slug:location>/", locations_page.drop, name="my_drop_location"),
    path("mijn/<slug:reference>/stoppen/", stop_page.stop, name="my_stop"),
    path("mijn/<slug:reference>/geboren/", child_page.born, name="my_birth"),
    path("mijn/<slug:reference>/gestart/", child_page.started, name="my_started"),
    path("mijn/<slug:reference>/opvang-stopt/<slug:location>/", care_page.ends, name="my_care_ends"),
    path("mijn/<slug:reference>/opvang-gaat-door/<slug:location>/", care_page.goes_on, name="my_care_goes_on"),
    path("mijn/<slug:reference>/verandering/<slug:location>/", change_page.answer, name="my_change"),
    path("mijn/<slug:reference>/andere-dagen/<slug:location>/", change_page.ask, name="my_other_days"),
    path(
        "mijn/<slug:reference>/andere-dagen/<slug:location>/toch-niet/", change_page.withdraw, name="my_other_days_off"
    ),
    path("mijn/<slug:reference>/gesprek/<slug:location>/", conversation_page.converse, name="conversation"),
    path("mijn/<slug:reference>/bezoek/<slug:location>/", visits_page.visits, name="visits"),
    path("mijn/<slug:reference>/bezoek/<slug:location>/agenda.ics", visits_page.calendar, name="visit_calendar"),
    path("mijn/<slug:reference>/laat-weten/", complaints_page.index, name="complaints"),
    path("mijn/<slug:reference>/laat-weten/<slug:complaint>/", complaints_page.show, name="complaint"),
    path("mijn/<slug:reference>/laat-weten/<slug:complaint>/reactie/", complaints_page.remark, name="complaint_remark"),
    path("mijn/<slug:reference>/gelezen/", reads_page.reads, name="my_reads"),
    path("mijn/<slug:reference>/agenda.ics", calendar_page.calendar, name="my_calendar"),
]
