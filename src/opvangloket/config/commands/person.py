"""The people of a desk: `opvangloket person add lead@town.be --desk ninove --name "…" --role lead`."""

import argparse
import sys

_ROLES = {"worker": "WORKER", "lead": "LEAD"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take whom, where and what."""
    acts = parser.add_subparsers(dest="act", metavar="act", required=True)
    adding = acts.add_parser("add", help="give somebody a role at a desk")
    adding.add_argument("address", help="e-mail address: the code to sign in goes there")
    adding.add_argument("--desk", required=True, metavar="SLUG")
    adding.add_argument("--name", required=True)
    adding.add_argument("--role", choices=_ROLES, default="worker")
    ending = acts.add_parser("end", help="end somebody's role at a desk")
    ending.add_argument("address")
    ending.add_argument("--desk", required=True, metavar="SLUG")
    phone = acts.add_parser("new-phone", help="somebody lost the phone with the sign-in app")
    phone.add_argument("address")


def run(arguments: argparse.Namespace) -> int:
    """Do it, and say what happened."""
    from opvangloket.foundation import clock
    from opvangloket.foundation.accounts.models import DeskRole
    from opvangloket.foundation.accounts.new_leads import add_lead
    from opvangloket.foundation.accounts.people import end_desk_role, forget_phone, give_desk_role
    from opvangloket.foundation.audit.record import SYSTEM
    from opvangloket.foundation.tenancy.queries import desk_by_slug

    now = clock.now()
    if arguments.act == "new-phone":
        forget_phone(address=arguments.address, actor=SYSTEM, now=now)
        sys.stdout.write(f"{arguments.address} enrols a new phone at the next sign-in.\n")
        return 0
    desk = desk_by_slug(arguments.desk)
    if desk is None:
        sys.stderr.write(f"There is no desk {arguments.desk!r}: opvangloket desk list shows them.\n")
        return 1
    if arguments.act == "end":
        end_desk_role(desk_id=desk.id, address=arguments.address, actor=SYSTEM, now=now)
        sys.stdout.write(f"{arguments.address} has no role at {desk.name} any more.\n")
        return 0
    role = DeskRole[_ROLES[arguments.role]]
    who = {"desk_id": desk.id, "address": arguments.address, "name": arguments.name}
    if role is DeskRole.LEAD and add_lead(**who, actor=SYSTEM, now=now):
        sys.stdout.write(f"A lead of {desk.name} confirms {arguments.name} at /werk/{desk.slug}/instellingen/ first.\n")
        return 0
    if role is DeskRole.WORKER:
        give_desk_role(**who, role=role, actor=SYSTEM, now=now)
    sys.stdout.write(f"{arguments.name} signs in at /werk/ with {arguments.address}, as {role.label}.\n")
    return 0
