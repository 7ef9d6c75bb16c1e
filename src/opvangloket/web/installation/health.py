"""Whether this installation does its work, for the one who watches over it: no names, only counts."""

from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse

from opvangloket import __version__
from opvangloket.foundation.messages.queries import outbox_figures
from opvangloket.web.guards import open_page
from opvangloket.web.middleware import Request


@open_page
def health(request: Request) -> HttpResponse:
    """Answer 200 when the database answers, else 503, with what waits in the outbox and in the jobs."""
    try:
        figures = outbox_figures(now=request.now)
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse(
        {
            "database": "reachable",
            "version": __version__,
            "jobs_waiting": figures.jobs_waiting,
            "messages_waiting": figures.messages_waiting,
            "messages_overdue": figures.messages_overdue,
            "messages_failed": figures.messages_failed,
        }
    )
