"""The doors, for the audiences to put among their own addresses: `urlpatterns = [*access.DESK, …]`."""

from django.conf import settings
from django.urls import URLPattern, path

from opvangloket.web.access import demo, desks, family, staff


def _door(door: staff.Door) -> list[URLPattern]:
    return [
        path("aanmelden/", staff.sign_in(door), name="sign_in"),
        path("aanmelden/code/", staff.code(door), name="sign_in_code"),
        path("afmelden/", staff.sign_out(door), name="sign_out"),
    ]


FAMILY = [
    path("aanmelden/", family.sign_in, name="sign_in"),
    path("aanmelden/code/", family.code, name="sign_in_code"),
    path("afmelden/", family.sign_out, name="sign_out"),
]
ORGANISER = _door(staff.ORGANISER)
DESK = [
    *_door(staff.DESK),
    path("aanmelden/telefoon/", staff.second_factor(staff.DESK), name="second_factor"),
    path("", desks.choose, name="choose"),
]
if settings.PLAYGROUND:
    FAMILY.append(path("demo/<str:token>/", demo.family, name="demo_sign_in"))
    ORGANISER.append(path("demo/<str:token>/", demo.staff(staff.ORGANISER), name="demo_sign_in"))
    DESK.append(path("demo/<str:token>/", demo.staff(staff.DESK), name="demo_sign_in"))
