"""Which messages exist, and what each of them is told. Nothing else may be sent.

A template lives in `templates/messages/<name>/`: subject.txt, body.txt and body.html. Dates are `date`, week patterns
are `WeekPattern`, lists are lists of words, links are absolute addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """What a message has to be told, what it may be told besides, and whether only its recipient reads it."""

    needs: tuple[str, ...]
    may_have: tuple[str, ...] = ()
    private: bool = False  # it carries a code, or a link that acts in the recipient's name

    def complete(self, context: Mapping[str, object]) -> dict[str, object]:
        """Return the context with what it may leave out as None; LookupError names what is missing or unknown."""
        missing = [name for name in self.needs if name not in context]
        unknown = [name for name in context if name not in self.needs + self.may_have]
        if missing or unknown:
            raise LookupError(f"this message misses {missing} and does not know {unknown}")
        return dict.fromkeys(self.may_have) | dict(context)


_INQUIRY = Template(
    needs=("location_name", "child_words", "start_on", "pattern", "due_on", "inbox_link", "answer_link"),
    may_have=("age_words", "also_pattern", "hours_words", "answer_from_on", "as_stand_in"),
    private=True,
)
_VISIT = Template(needs=("location_name", "on", "time", "link"))
_CONSULTATION = Template(needs=("on", "time", "link"))
_OFFER = Template(
    needs=("location_name", "child_first_name", "asked", "offered", "start_on", "reply_by_on", "link"),
    may_have=("price_words", "differences"),
)

TEMPLATES: Mapping[str, Template] = {
    # To whoever signs in
    "sign_in_code": Template(needs=("code", "minutes"), private=True),
    # To families
    "verify_contact": Template(needs=("code", "link", "reference"), private=True),
    "draft_saved": Template(needs=("link", "until_on"), private=True),
    "request_receipt": Template(
        needs=("child_first_name", "reference", "locations", "link"),
        may_have=("send_on", "answer_from_on", "due_on", "passed_on"),
    ),
    "offer_made": _OFFER,
    "offer_reminder": Template(_OFFER.needs, (*_OFFER.may_have, "days_left")),
    "offer_expired": Template(needs=("location_name", "child_first_name", "link")),
    "offer_withdrawn": Template(
        needs=("location_name", "child_first_name", "still_fits", "link"), may_have=("just_taken",)
    ),
    "answer_no": Template(
        needs=("location_name", "child_first_name", "reason_words", "link"), may_have=("possible_words",)
    ),
    "all_said_no": Template(needs=("child_first_name", "suggestions", "link")),
    "placement_confirmed_family": Template(needs=("location_name", "child_first_name", "start_on", "pattern", "link")),
    "request_closed_family": Template(needs=("child_first_name", "reference", "reason_words", "link")),
    "confirm_current": Template(needs=("child_first_name", "reference", "link")),
    "location_closes_family": Template(needs=("location_name", "child_first_name", "close_on", "link")),
    "location_moves_family": Template(
        needs=("location_name", "child_first_name", "from_on", "address", "way_on", "link"), may_have=("is_changed",)
    ),
    "location_stays_family": Template(needs=("location_name", "child_first_name", "link")),
    "care_ends_family": Template(needs=("location_name", "child_first_name", "end_on", "reason_words", "link")),
    "care_goes_on_family": Template(needs=("location_name", "child_first_name", "was_on", "link")),
    "care_days_family": Template(
        needs=("location_name", "child_first_name", "from_on", "pattern", "agreed_on", "link"),
        may_have=("hours_words",),
    ),
    "care_moved_family": Template(
        needs=("location_name", "to_name", "child_first_name", "from_on", "pattern", "agreed_on", "link"),
        may_have=("hours_words",),
    ),
    "change_proposed_family": Template(
        needs=("location_name", "child_first_name", "from_on", "pattern", "reply_by_on", "holds_place", "link"),
        may_have=("hours_words", "to_name"),
    ),
    "change_off_family": Template(needs=("location_name", "child_first_name", "from_on", "reason_words", "link")),
    "settling_in_family": Template((*_VISIT.needs, "child_first_name")),
    "settling_in_off_family": Template((*_VISIT.needs, "child_first_name")),
    "message_waits_family": Template(needs=("location_name", "link")),
    # To both
    "complaint_received": Template(needs=("due_on", "link")),
    "complaint_moved": Template(needs=("link",)),
    "visit_booked": _VISIT,
    "visit_cancelled": _VISIT,
    "visit_reminder": _VISIT,
    # To organisers
    "colleague_invited": Template(needs=("organiser_name", "start_on", "link"), may_have=("until_on",)),
    "manager_proposed": Template(
        needs=("organiser_name", "proposer_name", "candidate_name", "until_on", "link"),
    ),
    "managers_changed": Template(needs=("outcome_words", "link")),
    "opening_decided": Template(needs=("location_name", "link"), may_have=("because",)),
    "location_joined": Template(needs=("location_name", "link")),
    "written_down_by_desk": Template(needs=("location_name", "what", "link")),
    "news_published": Template(needs=("link",)),
    "consultation_invited": _CONSULTATION,
    "consultation_moved": _CONSULTATION,
    "consultation_cancelled": _CONSULTATION,
    "consultation_reminder": _CONSULTATION,
    "consultation_reported": _CONSULTATION,
    "agreement_published": Template(needs=("link",)),
    "agreement_reminder": Template(needs=("link",)),
    "complaint_waits": Template(needs=("due_on", "link")),
    "message_waits_organiser": Template(needs=("location_name", "link")),
    "inquiry_sent": _INQUIRY,
    "inquiry_reminder": Template((*_INQUIRY.needs, "days_left"), _INQUIRY.may_have, private=True),
    "inquiry_closed_organiser": Template(needs=("location_name", "child_words", "reason_words", "inbox_link")),
    "offer_accepted_organiser": Template(needs=("location_name", "child_words", "start_on", "pattern", "link")),
    "offer_declined_organiser": Template(needs=("location_name", "child_words", "reason_words", "link")),
    "care_ends_organiser": Template(needs=("location_name", "child_words", "end_on", "reason_words", "link")),
    "care_goes_on_organiser": Template(needs=("location_name", "child_words", "was_on", "link")),
    "care_days_organiser": Template(
        needs=("location_name", "child_words", "from_on", "pattern", "link"), may_have=("hours_words",)
    ),
    "change_asked_organiser": Template(
        needs=("location_name", "child_words", "from_on", "pattern", "reply_by_on", "link"), may_have=("hours_words",)
    ),
    "change_off_organiser": Template(needs=("location_name", "child_words", "from_on", "reason_words", "link")),
    "confirm_vacancies": Template(
        needs=("location_name", "vacancies", "until_on", "link"), may_have=("as_stand_in",), private=True
    ),
    "weekly_list": Template(
        needs=("location_name", "questions", "first_due_on", "until_on", "link"),
        may_have=("as_stand_in",),
        private=True,
    ),
    "list_reminder": Template(needs=("location_name", "quarter_words", "until_on", "link")),
    "report_filed": Template(needs=("year", "status", "figures"), may_have=("is_correction",)),
}
