"""Loaded before anything else (`-p tests.environment`): the tests never touch the installation's own data."""

import os
from pathlib import Path

os.environ.setdefault("OPVANGLOKET_PLAYGROUND", "yes")
os.environ.setdefault("OPVANGLOKET_VAR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
# Where collected static files would be: the server warns when the folder is not there, and a warning is an error here.
(Path(os.environ["OPVANGLOKET_VAR"]) / "static").mkdir(parents=True, exist_ok=True)
