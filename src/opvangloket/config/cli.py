"""The `opvangloket` command. Each subcommand lives in `config/commands/` and gets its arguments and a ready database."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

import psycopg

from opvangloket import __version__
from opvangloket.config import database
from opvangloket.foundation.errors import OpvangloketError

Run = Callable[[argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its module in `config/commands/` (with `arguments` and `run`), and whether it needs tables.

    A module may have `prepare`: it runs before settings are read, and returns why the command cannot run, or nothing.
    """

    module: str
    help: str
    needs_database: bool = True
    playground: bool = False


COMMANDS: dict[str, Command] = {
    "demo": Command("demo", "show a whole town with its people, on this machine", playground=True),
    "serve": Command("serve", "serve the pages"),
    "worker": Command("worker", "run the jobs: messages and terms that passed"),
    "clock": Command("clock", "show or move the clock of a demonstration (+14d, +3h, -1d)", playground=True),
    "desk": Command("desk", "open a desk, or list the desks"),
    "person": Command("person", "give somebody a role at a desk, end it, or let go of a lost phone"),
    "migrate": Command("migrate", "bring the database to this version"),
    "import": Command("import_", "import requests and their outcomes from a folder in the exchange format"),
    "export": Command("export", "write a desk's requests and their outcomes in the exchange format"),
    "report": Command("report", "write the annual report of a desk"),
    "retention": Command("retention", "show what is past its term of keeping, or forget it now"),
    "simulate": Command("simulate", "make a town of any size in an empty playground", playground=True),
    "django": Command("django", "run one of Django's own commands (for developers)"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code."""
    parser = argparse.ArgumentParser(prog="opvangloket", description="Lokaal Loket Kinderopvang.")
    parser.add_argument("--version", action="version", version=f"opvangloket {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="command", required=True)
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.help, description=command.help)
        import_module(f"opvangloket.config.commands.{command.module}").arguments(subparser)
    arguments = parser.parse_args(argv)
    command = COMMANDS[arguments.command]
    if command.playground:
        os.environ.setdefault("OPVANGLOKET_PLAYGROUND", "yes")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opvangloket.config.settings")
    prepare = getattr(import_module(f"opvangloket.config.commands.{command.module}"), "prepare", None)
    if prepare and (problem := prepare(arguments)):
        sys.stderr.write(f"{problem}\n")
        return 1
    try:
        return _run(command, arguments)
    except KeyboardInterrupt:
        return 130
    except OpvangloketError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    except psycopg.OperationalError as error:
        sys.stderr.write(f"The database cannot be reached: {error}\n")
        return 1


def _run(command: Command, arguments: argparse.Namespace) -> int:
    import django

    run: Run = import_module(f"opvangloket.config.commands.{command.module}").run
    if not command.needs_database:
        django.setup()
        return run(arguments)
    with database.running():
        django.setup()
        if command.module != "django":
            import_module("opvangloket.config.commands.migrate").bring_up_to_date()
        return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
