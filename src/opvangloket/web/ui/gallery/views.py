"""The pages of the gallery."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request
from opvangloket.web.ui.components import QuestionPage
from opvangloket.web.ui.gallery import samples
from opvangloket.web.ui.gallery.forms import CareForm, WeekForm

ERROR_PAGES = (400, 403, 404, 409, 429, 500, 503)


@open_page
def components(request: Request) -> HttpResponse:
    """Show every component once."""
    return _draw(request, "ui/gallery/components.html", {"form": None, "care_form": CareForm(), **samples.everything()})


@open_page
def question(request: Request) -> HttpResponse:
    """Show the question about the week; a post checks it, so that errors can be seen too."""
    form = WeekForm(request.POST if request.method == "POST" else None)
    page = QuestionPage(
        title="Op welke momenten heb je opvang nodig?",
        why="Tik één keer voor nodig, twee keer voor kan ook. Wie meer kan kiezen, vindt sneller plaats.",
        pictogram="week",
        step=3,
        steps=8,
        back_url="..",
    )
    return _draw(request, "ui/gallery/question.html", {"form": form, "question": page})


@open_page
def file(request: Request) -> HttpResponse:
    """Show a file: facts and timeline, and a form that has been checked and found wanting."""
    form = CareForm({"start_day": "31", "start_month": "februari", "start_year": "2027", "alone": ""})
    return _draw(request, "ui/gallery/file.html", {"form": form, **samples.everything()})


@open_page
def error(request: Request, status: int) -> HttpResponse:
    """Show one of the error pages."""
    if status not in ERROR_PAGES:
        raise Http404
    return _draw(request, f"ui/errors/{status}.html", {}, status=HTTPStatus(status))


def _draw(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    request.chrome = samples.CHROME  # type: ignore[attr-defined]
    return render(request, template, context, status=status)
