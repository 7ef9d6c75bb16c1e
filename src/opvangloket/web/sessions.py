"""One session cookie per audience: somebody signed in as an organiser is a stranger to the desk's pages."""

from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from opvangloket.foundation.accounts.models import Audience

_PREFIXES = {"organisator": Audience.ORGANISER, "werk": Audience.DESK}


def audience_of(path: str) -> Audience:
    """Return the audience whose pages live under an address: /organisator/…, /werk/…, all else families."""
    return _PREFIXES.get(path.lstrip("/").split("/", 1)[0], Audience.FAMILY)


def cookie_of(audience: Audience) -> tuple[str, str]:
    """Return the name and the path of an audience's session cookie."""
    paths = {audience: f"/{prefix}/" for prefix, audience in _PREFIXES.items()}
    return f"opvangloket_{audience.value}", paths.get(audience, "/")


class AudienceSessionMiddleware(SessionMiddleware):
    """Django's session middleware, with the cookie's name and path chosen by the audience of the address."""

    def process_request(self, request: HttpRequest) -> None:
        """Open the session of this audience only."""
        name, _path = cookie_of(audience_of(request.path))
        request.session = self.SessionStore(request.COOKIES.get(name))

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
        """Store a changed session and set its cookie on this audience's path."""
        if not isinstance(response, HttpResponse) or response.status_code >= 500 or not hasattr(request, "session"):
            return response  # type: ignore[return-value] # a stream passes through as it is
        name, path = cookie_of(audience_of(request.path))
        session: Any = request.session
        if name in request.COOKIES and session.is_empty():
            response.delete_cookie(name, path=path, samesite="Lax")
        elif session.modified and not session.is_empty():
            session.save()
            response.set_cookie(
                name,
                session.session_key,
                max_age=settings.SESSION_COOKIE_AGE,
                path=path,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        if session.accessed:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
