"""Pages for what goes wrong: what happened to the answers, what to do now, whom to call."""

import sys
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opvangloket.foundation.errors import OpvangloketError

# The database is away, or gave up on this statement: it will answer again in a moment, also by itself.
_AWAY = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 30


def _answer(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    return render(request, f"ui/errors/{status.value}.html", status=status.value)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 400."""
    return _answer(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 403."""
    return _answer(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 404."""
    return _answer(request, HTTPStatus.NOT_FOUND)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429: too many tries in a short time."""
    return _answer(request, HTTPStatus.TOO_MANY_REQUESTS)


def changed_meanwhile(request: HttpRequest, refused: OpvangloketError) -> HttpResponse:
    """Answer 409: an action refused what a page thought was possible, for it changed in between."""
    context = {"message": refused.message}
    return render(request, "ui/errors/409.html", context, status=HTTPStatus.CONFLICT.value)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 503 while the database is away and 500 for all else, without asking the database for anything."""
    if not isinstance(sys.exception(), _AWAY):
        return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    response = _answer(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form without a valid token: it stood open too long, or came from elsewhere."""
    context: dict[str, Any] = {"form_expired": True}
    return render(request, "ui/errors/403.html", context, status=HTTPStatus.FORBIDDEN.value)
