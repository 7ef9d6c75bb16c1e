"""The very first start of the embedded server, by several at once: as `make test` does on a fresh clone."""

import os
import subprocess
import sys
from pathlib import Path

START = "from opvangloket.config import database\nwith database.running(): pass"


def test_several_come_first_at_the_same_moment(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment |= {"OPVANGLOKET_VAR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    starting = [
        subprocess.Popen([sys.executable, "-c", START], env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [process.communicate(timeout=120)[1] for process in starting] == [""] * 4
    assert [process.returncode for process in starting] == [0] * 4
