"""`opvangloket demo`: a town at the first start, the same town at the second, and nothing left running."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from opvangloket.config.commands import demo as command
from opvangloket.foundation.tenancy.models import Installation, InstallationKind
from opvangloket.simulation import demo
from opvangloket.simulation.making import NotEmpty

FIRST_START = "De eerste start"


class Demo:
    """A demonstration in a process group of its own, as a terminal would start it."""

    def __init__(self, var: Path, *options: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
        self.var = var
        self.process = subprocess.Popen(
            [sys.executable, "-m", "opvangloket.config.cli", "demo", "--port", str(self.port), *options],
            env=environment | {"OPVANGLOKET_VAR": str(var)},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip

    def wait_until_open(self, seconds: float = 150) -> None:
        deadline = time.monotonic() + seconds
        while not self.answers("gezondheid/"):
            assert self.process.poll() is None, self.process.communicate()[0]
            assert time.monotonic() < deadline, "the demonstration did not open"
            time.sleep(0.2)

    def answers(self, path: str) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=10) as answer:
                return bool(answer.status == 200)
        except URLError:
            return False

    def stop(self, number: signal.Signals) -> str:
        """Signal the whole group, as Ctrl+C does, and return all that was said."""
        os.killpg(self.process.pid, number)
        said, _ = self.process.communicate(timeout=25)
        return said

    def terminate(self) -> str:
        """Tell the command alone to stop, as whoever supervises it does, and return all that was said."""
        self.process.terminate()
        said, _ = self.process.communicate(timeout=25)
        return said

    def kill(self) -> None:
        """End whatever is still there of its process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=25)

    def processes(self) -> list[str]:
        """Return what still runs for this folder, the database too."""
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        return [line for line in listed.splitlines() if str(self.var) in line or f"--port {self.port}" in line]


Start = Callable[..., Demo]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start demonstrations of one folder; of a test that failed nothing is left running."""
    var, started = tmp_path / "var", []

    def start_one(*options: str) -> Demo:
        started.append(Demo(var, *options))
        return started[-1]

    yield start_one
    for one in started:
        one.kill()
    pid_file = var / "postgres" / "postmaster.pid"
    if pid_file.exists():  # the database runs in a group of its own
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)


def links(said: str) -> list[str]:
    return re.findall(r"http://localhost:\d+/(\S+/demo/\S+)", said)


def test_a_town_is_made_whole_kept_and_left_without_a_trace(start: Start) -> None:
    stopped = start("--years", "3")
    assert stopped.process.stdout is not None
    while FIRST_START not in stopped.process.stdout.readline():
        pass
    stopped.stop(signal.SIGTERM)
    assert stopped.process.returncode == 128 + signal.SIGTERM
    assert stopped.processes() == []

    first = start("--years", "1")
    first.wait_until_open()
    assert first.answers("ninove/")
    assert first.answers("postvak-demo/")
    said = first.stop(signal.SIGINT)
    assert FIRST_START in said  # of the town that was stopped half, nothing was left
    assert len(links(said)) == 5
    assert first.process.returncode == 0
    assert first.processes() == []

    second = start()
    second.wait_until_open(seconds=60)
    for link in links(said):
        assert second.answers(link)
    again = second.stop(signal.SIGHUP)
    assert FIRST_START not in again
    assert [link.split("/demo/")[0] for link in links(again)] == [link.split("/demo/")[0] for link in links(said)]
    assert second.processes() == []

    third = start()
    third.wait_until_open(seconds=60)
    assert "Gestopt. De gegevens blijven bewaard" in third.terminate()
    assert third.process.returncode == 0
    assert third.processes() == []


def test_a_busy_port_is_one_sentence_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        done = run_demo("--port", str(port), var=tmp_path / "var")
    assert done.returncode == 1
    assert done.stderr == (
        f"Poort {port} is al in gebruik. Kies een andere: "
        f"opvangloket demo --port {port + 1} (of make demo PORT={port + 1}).\n"
    )
    assert not (tmp_path / "var").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = run_demo("--port", "0", var=tmp_path / "file" / "var")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "OPVANGLOKET_VAR" in done.stderr


def test_the_pages_know_their_address_and_send_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPVANGLOKET_PLAYGROUND", "OPVANGLOKET_PUBLIC_ADDRESS", "OPVANGLOKET_SMTP_URL"):
        monkeypatch.setenv(name, "smtp://somewhere")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert command.prepare(Namespace(port=port, years=1)) == ""
    assert os.environ["OPVANGLOKET_PUBLIC_ADDRESS"] == f"http://localhost:{port}"
    assert os.environ["OPVANGLOKET_SMTP_URL"] == ""
    assert command.prepare(Namespace(port=port, years=0)) == "Kies minstens 1 jaar."


@pytest.mark.django_db
def test_a_real_installation_never_becomes_a_demonstration() -> None:
    assert demo.is_made() is False
    Installation.objects.create(kind=InstallationKind.PRODUCTION, clock_offset=timedelta())
    with pytest.raises(NotEmpty):
        demo.is_made()


def run_demo(*options: str, var: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
    return subprocess.run(
        [sys.executable, "-m", "opvangloket.config.cli", "demo", *options],
        env=environment | {"OPVANGLOKET_VAR": str(var)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
