"""Open a desk, or list the desks: `opvangloket desk open ninove --name "…" --operator "…" --territory 41048`."""

import argparse
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do and what the desk is."""
    acts = parser.add_subparsers(dest="act", metavar="act", required=True)
    acts.add_parser("list", help="show every desk")
    opening = acts.add_parser("open", help="open a desk")
    opening.add_argument("slug", help="the word in its address: ninove")
    opening.add_argument("--name", required=True, help='as families know it: "Opvangloket Ninove"')
    opening.add_argument("--operator", required=True, help="the body that runs the desk")
    opening.add_argument("--territory", required=True, nargs="+", metavar="NIS", help="codes of its municipalities")
    for name in ("file-number", "email", "phone", "counter", "counter-hours"):
        opening.add_argument(f"--{name}", default="")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what now."""
    from opvangloket.foundation import clock
    from opvangloket.foundation.tenancy.opening import NewDesk, open_desk
    from opvangloket.foundation.tenancy.queries import all_desks

    if arguments.act == "list":
        for card in all_desks():
            sys.stdout.write(f"{card.slug}\t{card.name}\n")
        return 0
    desk = NewDesk(
        slug=arguments.slug,
        name=arguments.name,
        operator=arguments.operator,
        territory=tuple(arguments.territory),
        file_number=arguments.file_number,
        email=arguments.email,
        phone=arguments.phone,
        counter=arguments.counter,
        counter_hours=arguments.counter_hours,
    )
    open_desk(desk=desk, now=clock.now())
    sys.stdout.write(f"The desk is open at /{desk.slug}/. Now its lead: opvangloket person add --desk {desk.slug} …\n")
    return 0
