"""Run one of Django's own commands: makemigrations, shell, check…"""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take everything after `django` as it stands."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(arguments: argparse.Namespace) -> int:
    """Run the command."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["opvangloket django", *arguments.arguments])
    return 0
