"""A process that makes web and worker processes which die at a moment that was chosen: `python -m tests.faults.victims`.

A moment is every word to the database, every word to the mail server, and the point at which an answer is ready but
nobody has it yet. A victim is told at which of its moments it dies, by SIGKILL: nothing is closed, nothing is said.
Commands come as lines of JSON on standard input, and each is answered by one line. Victims are forked from here, so
that each costs milliseconds instead of a start of Django.
"""

import json
import os
import signal
import smtplib
import socket
import sys
from collections.abc import Callable, Iterable
from itertools import count
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
import psycopg

STOP = "/stop-serving-here"
_moments = count(1)
_last_moment = 0


def main() -> None:
    """Do one command after the other until standard input ends."""
    django.setup()
    from opvangloket.config.wsgi import application

    with socket.create_server(("127.0.0.1", 0)) as listener:
        _tell(port=listener.getsockname()[1])
        victim = 0
        for line in sys.stdin:
            command = json.loads(line)
            _end(victim)
            victim = 0
            if command["do"] == "serve here":
                _tell()
                _serve(listener, application)
            elif command["do"] == "serve":
                victim = _fork(lambda: _serve(listener, application), command["die_at"])
                _tell()
            elif command["do"] == "work":
                _tell(died=_died(_fork(_work, command["die_at"])))
        _end(victim)


def _tell(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _fork(act: Callable[[], None], die_at: int) -> int:
    """Start a victim that does this, and dies at this moment of its own (0: never); return its process id."""
    victim = os.fork()
    if victim == 0:
        code = 1
        try:
            _die_at(die_at)
            act()
            code = 0
        finally:
            os._exit(code)
    return victim


def _end(victim: int) -> None:
    if victim:
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)


def _died(victim: int) -> bool:
    """Wait for a worker and return whether it was killed; one that fails by itself is a failure of the harness."""
    _pid, status = os.waitpid(victim, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise SystemExit("the worker failed by itself")
    return False


def _die_at(moment: int) -> None:
    """Count moments from now on, and die at this one."""
    global _moments, _last_moment
    _moments, _last_moment = count(1), moment
    if not moment:
        return
    for speaker, name in ((psycopg.Connection, "wait"), (psycopg.AsyncConnection, "wait"), (smtplib.SMTP, "send")):
        setattr(speaker, name, _counted(getattr(speaker, name)))


def _counted(speak: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*args: Any, **kwargs: Any) -> Any:
        _moment()
        return speak(*args, **kwargs)

    return counted


def _moment() -> None:
    if next(_moments) == _last_moment:
        os.kill(os.getpid(), signal.SIGKILL)


class _Handler(WSGIRequestHandler):
    def log_message(self, *_words: Any) -> None:
        """Keep quiet."""


def _serve(listener: socket.socket, application: Callable[..., Iterable[bytes]]) -> None:
    """Answer one request after the other until the one that says stop."""
    stopped = False

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        nonlocal stopped
        if environ["PATH_INFO"] == STOP:
            stopped = True
            start_response("204 No Content", [])
            return ()
        answered = application(environ, start_response)
        _moment()
        return answered

    server = WSGIServer(listener.getsockname(), _Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.server_name, server.server_port = "127.0.0.1", listener.getsockname()[1]
    server.setup_environ()
    server.set_app(answer)
    while not stopped:
        server.handle_request()
    from django.db import connections

    connections.close_all()


def _work() -> None:
    """Do what a worker does in a minute: what is waiting, and what the clock brings."""
    from procrastinate import exceptions

    from opvangloket.config.commands.worker import run_jobs
    from opvangloket.domains.distribution.tasks import run_sweeps
    from opvangloket.foundation.jobs.tasks import take_over_jobs
    from opvangloket.foundation.messages.tasks import deliver_waiting

    for periodic in (take_over_jobs, run_sweeps, deliver_waiting):
        try:
            periodic.defer(timestamp=0)
        except exceptions.AlreadyEnqueued:
            continue
    run_jobs(concurrency=1, wait=False)


if __name__ == "__main__":
    main()
