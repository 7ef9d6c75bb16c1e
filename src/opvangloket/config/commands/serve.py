"""Serve the pages, with granian: worker processes with threads, static files included."""

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import cast

from opvangloket.config import env

_SECONDS_FOR_THE_WORKER_TO_STOP = 60
_STOPS_THE_SERVER = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add where to listen, and with how many processes and threads."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--threads", type=int, default=4, help="threads in each process (default: 4)")
    parser.add_argument(
        "--with-worker", action="store_true", help="run the jobs too (for a demonstration or a village)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until it is stopped."""
    if problem := why_not(arguments.host, arguments.port):
        sys.stderr.write(f"{problem}\n")
        return 1
    any_host = arguments.host in {"127.0.0.1", "0.0.0.0", "::", "::1"}  # noqa: S104 - compared, not bound
    shown = "localhost" if any_host else arguments.host
    sys.stdout.write(f"Opvangloket is open at http://{shown}:{arguments.port}/ (Ctrl+C stops it).\n")
    sys.stdout.flush()
    if arguments.with_worker:
        with worker_beside():
            serve(arguments.host, arguments.port, workers=arguments.workers, threads=arguments.threads)
    else:
        serve(arguments.host, arguments.port, workers=arguments.workers, threads=arguments.threads)
    return 0


def serve(host: str, port: int, *, workers: int, threads: int, hang_up_stops: bool = False) -> None:
    """Serve pages until SIGINT or SIGTERM; requests under way are finished first.

    `hang_up_stops`: closing the terminal stops it too, where a server that runs on its own would begin anew.
    """
    from django.conf import settings
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    connections.close_all()
    server = Granian(
        "opvangloket.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
    )
    if hang_up_stops:
        server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS_THE_SERVER),
        after_in_child=_be_a_worker_process,
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS_THE_SERVER),
    )
    server.serve(target_loader=_application)


def _be_a_worker_process() -> None:
    """Listen to the server alone, and stop at once when it says so before there are pages to finish.

    A worker begins with the handlers of the server, which only set a flag that no worker reads: told to stop before
    granian gives it handlers of its own, it would hang until it is killed. And a terminal tells every process at once
    that it stops, after which granian tells its workers too: one that is told twice hangs as well.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _application(_target: str) -> Callable[..., object]:
    """Return the application in a worker process, which where processes are not forked hears of its signals here."""
    _be_a_worker_process()
    return cast("Callable[..., object]", import_module("opvangloket.config.wsgi").application)


def why_not(host: str, port: int) -> str:
    """Return why this address cannot be listened on, in one sentence; empty when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"Port {port} needs more rights than this user has: choose one above 1023, such as --port 8000."
        except (OSError, OverflowError) as error:
            if port in range(1, 65536) and isinstance(error, OSError) and error.strerror == "Address already in use":
                return f"Port {port} is in use by another program: stop that, or choose another with --port {port + 1}."
            return f"Opvangloket cannot listen on {host}, port {port}: {error}."
    return ""


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker running in a process of its own for as long as the block lasts."""
    env.var_folder().mkdir(parents=True, exist_ok=True)
    worker = subprocess.Popen([sys.executable, "-m", "opvangloket.config.cli", "worker"])
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(_SECONDS_FOR_THE_WORKER_TO_STOP)
        except subprocess.TimeoutExpired:
            worker.kill()
