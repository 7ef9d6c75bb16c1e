"""The test's side of `victims`: a web server and a worker on a database of the test's own, that die when told to."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from psycopg.conninfo import make_conninfo
from tests.faults.victims import STOP

from opvangloket.config import database

NEVER = 0
_SECONDS_TO_WAIT = 60


class Victims:
    """A process from which web servers and workers are forked, each told when to die."""

    def __init__(self, database_name: str, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.victims"],
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(sys.path),
                "DJANGO_SETTINGS_MODULE": "opvangloket.config.settings",
                "DATABASE_URL": make_conninfo(database.app_conninfo(), dbname=database_name),
                **environment,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.port: int = self._read()["port"]

    def serve(self, *, die_at: int = NEVER) -> None:
        """Start a web server, in the place of the one before it, that dies at this moment of its own."""
        self._say(do="serve", die_at=die_at)

    def work(self, *, die_at: int = NEVER) -> bool:
        """Let a worker do what a minute brings, and return whether it died of it."""
        died: bool = self._say(do="work", die_at=die_at)["died"]
        return died

    @contextmanager
    def serving_here(self) -> Iterator[None]:
        """Serve without a victim for as long as the block lasts, so that victims start with all that was loaded."""
        self._say(do="serve here")
        try:
            yield
        finally:
            Browser(self.port).get(STOP)

    def end(self) -> None:
        """End the process, and its web server with it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(_SECONDS_TO_WAIT)
        self._process.stdout.close()

    def _say(self, **command: Any) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the process of the victims ended by itself"
        facts: dict[str, Any] = json.loads(line)
        return facts


@contextmanager
def victims(database_name: str, **environment: str) -> Iterator[Victims]:
    """Keep a process of victims for as long as the block lasts."""
    process = Victims(database_name, **environment)
    try:
        yield process
    finally:
        process.end()


class Died(Exception):
    """The server died before it answered: nobody knows what it did."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that arrived whole."""

    status: int
    location: str
    text: str


@dataclass(slots=True)
class Browser:
    """A browser as far as cookies and forms go; it follows nothing by itself."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        """Ask a page; raise Died."""
        return self._ask("GET", path)

    def post(self, path: str, typed: Mapping[str, object]) -> Page:
        """Send a form; raise Died."""
        form = {**typed, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        return self._ask("POST", path, urlencode(form, doseq=True))

    def _ask(self, method: str, path: str, body: str | None = None) -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS_TO_WAIT)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = Page(answer.status, answer.headers.get("Location", ""), answer.read().decode())
        except (ConnectionError, http.client.HTTPException) as error:
            raise Died from error
        finally:
            connection.close()
        for header in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        return page
