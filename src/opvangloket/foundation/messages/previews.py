"""One example of every message, for the tests and for whoever wants to see how it reads."""

from collections.abc import Mapping
from datetime import date

from opvangloket.rules.patterns import WeekPattern

_WEEK = WeekPattern.full_days("ma", "di") | WeekPattern.of("wo_vm")
_LINK = "https://loket.example/ninove/mijn/"
_CHILD = {"child_first_name": "Noor"}
_OFFER: Mapping[str, object] = {
    **_CHILD,
    "location_name": "De Regenboog",
    "asked": _WEEK,
    "offered": WeekPattern.full_days("ma", "di"),
    "start_on": date(2027, 3, 1),
    "reply_by_on": date(2026, 12, 14),
    "price_words": "volgens je inkomen",
    "differences": ["Je vroeg ook woensdag voormiddag."],
    "link": _LINK,
}
_INQUIRY: Mapping[str, object] = {
    "location_name": "De Regenboog",
    "child_words": "een kindje",
    "age_words": "6 maanden",
    "start_on": date(2027, 3, 1),
    "pattern": _WEEK,
    "also_pattern": WeekPattern.full_days("do"),
    "hours_words": "maandag en dinsdag van 7.30 uur tot 18 uur",
    "due_on": date(2026, 12, 4),
    "inbox_link": "https://loket.example/organisator/",
    "answer_link": "https://loket.example/organisator/antwoord/voorbeeld/",
}
_PLACE: Mapping[str, object] = {"location_name": "De Regenboog", "start_on": date(2027, 3, 1), "pattern": _WEEK}
_VISIT: Mapping[str, object] = {
    "location_name": "De Regenboog",
    "on": date(2026, 12, 5),
    "time": "10.30 uur",
    "link": _LINK,
}
_CONSULTATION: Mapping[str, object] = {
    "on": date(2027, 3, 3),
    "time": "19.30 uur",
    "link": "https://loket.example/organisator/overleg/K7M2X4R9/",
}
_CARE: Mapping[str, object] = {
    "location_name": "De Regenboog",
    "from_on": date(2027, 3, 1),
    "pattern": _WEEK,
    "hours_words": "maandag en dinsdag van 7.30 uur tot 18 uur",
    "link": _LINK,
}
_ENDS: Mapping[str, object] = {
    "location_name": "De Regenboog",
    "end_on": date(2028, 9, 1),
    "reason_words": "Het kind gaat naar school",
    "link": _LINK,
}
_GOES_ON: Mapping[str, object] = {"location_name": "De Regenboog", "was_on": date(2028, 9, 1), "link": _LINK}

PREVIEWS: Mapping[str, Mapping[str, object]] = {
    "sign_in_code": {"code": "482913", "minutes": 15},
    "verify_contact": {"code": "482913", "link": _LINK, "reference": "K7M2X4R9"},
    "draft_saved": {"link": "https://loket.example/ninove/vraag/verder/voorbeeld/", "until_on": date(2026, 12, 20)},
    "request_receipt": {
        **_CHILD,
        "reference": "K7M2X4R9",
        "locations": ["De Regenboog", "Het Klavertje", "onthaalouder Mia"],
        "send_on": date(2026, 11, 20),
        "answer_from_on": date(2026, 11, 20),
        "due_on": date(2026, 12, 4),
        "link": _LINK,
    },
    "offer_made": _OFFER,
    "offer_reminder": {**_OFFER, "days_left": 3},
    "offer_expired": {**_CHILD, "location_name": "De Regenboog", "link": _LINK},
    "offer_withdrawn": {
        **_CHILD,
        "location_name": "De Regenboog",
        "still_fits": ["Het Klavertje: maandag en dinsdag hele dag."],
        "just_taken": True,
        "link": _LINK,
    },
    "answer_no": {
        **_CHILD,
        "location_name": "De Regenboog",
        "reason_words": "Op de dagen die je vroeg, is er geen plaats.",
        "possible_words": "Er is plaats op donderdag en vrijdag.",
        "link": _LINK,
    },
    "all_said_no": {
        **_CHILD,
        "suggestions": ["Het Klavertje heeft plaats op donderdag.", "De Regenboog heeft plaats vanaf 1 mei."],
        "link": _LINK,
    },
    "placement_confirmed_family": {**_PLACE, **_CHILD, "link": _LINK},
    "request_closed_family": {
        **_CHILD,
        "reference": "K7M2X4R9",
        "reason_words": "Je liet weten dat je geen opvang meer nodig hebt.",
        "link": _LINK,
    },
    "confirm_current": {**_CHILD, "reference": "K7M2X4R9", "link": _LINK},
    "location_closes_family": {
        **_CHILD,
        "location_name": "De Regenboog",
        "close_on": date(2027, 6, 30),
        "link": _LINK,
    },
    "location_moves_family": {
        **_CHILD,
        "location_name": "De Regenboog",
        "from_on": date(2027, 6, 30),
        "address": "Beverstraat 12, 9400 Ninove",
        "way_on": "Past het nieuwe adres niet? Je kan het voorstel nog weigeren.",
        "link": _LINK,
    },
    "location_stays_family": {**_CHILD, "location_name": "De Regenboog", "link": _LINK},
    "care_ends_family": {**_ENDS, **_CHILD},
    "care_goes_on_family": {**_GOES_ON, **_CHILD},
    "care_days_family": {**_CARE, **_CHILD, "agreed_on": date(2027, 2, 1)},
    "care_moved_family": {**_CARE, **_CHILD, "to_name": "De Regenboog Denderhof", "agreed_on": date(2027, 2, 1)},
    "change_proposed_family": {
        **_CARE,
        **_CHILD,
        "to_name": "De Regenboog Denderhof",
        "holds_place": True,
        "reply_by_on": date(2027, 2, 10),
    },
    "change_off_family": {
        **_CHILD,
        "location_name": "De Regenboog",
        "from_on": date(2027, 3, 1),
        "reason_words": "Je antwoordde niet op tijd.",
        "link": _LINK,
    },
    "settling_in_family": {**_VISIT, **_CHILD},
    "settling_in_off_family": {**_VISIT, **_CHILD},
    "message_waits_family": {"location_name": "De Regenboog", "link": _LINK},
    "news_published": {"link": "https://loket.example/organisator/berichten/K7M2X4R9/"},
    "consultation_invited": _CONSULTATION,
    "consultation_moved": _CONSULTATION,
    "consultation_cancelled": _CONSULTATION,
    "consultation_reminder": _CONSULTATION,
    "consultation_reported": _CONSULTATION,
    "agreement_published": {"link": "https://loket.example/organisator/overeenkomst/ninove/"},
    "agreement_reminder": {"link": "https://loket.example/organisator/overeenkomst/ninove/"},
    "complaint_received": {"due_on": date(2026, 12, 20), "link": "https://loket.example/ninove/mijn/laat-weten/"},
    "complaint_waits": {"due_on": date(2026, 12, 20), "link": "https://loket.example/organisator/klachten/"},
    "complaint_moved": {"link": "https://loket.example/ninove/mijn/laat-weten/"},
    "visit_booked": _VISIT,
    "visit_cancelled": _VISIT,
    "visit_reminder": _VISIT,
    "colleague_invited": {
        "organiser_name": "De Regenboog vzw",
        "start_on": date(2026, 12, 21),
        "until_on": date(2027, 1, 3),
        "link": "https://loket.example/organisator/",
    },
    "manager_proposed": {
        "organiser_name": "De Regenboog vzw",
        "proposer_name": "Rosa",
        "candidate_name": "Ines Maes",
        "until_on": date(2026, 12, 5),
        "link": "https://loket.example/organisator/medewerkers/",
    },
    "managers_changed": {
        "outcome_words": "Ines Maes is nu verantwoordelijke van De Regenboog vzw.",
        "link": "https://loket.example/organisator/medewerkers/",
    },
    "care_ends_organiser": {**_ENDS, "child_words": "Noor Peeters"},
    "care_goes_on_organiser": {**_GOES_ON, "child_words": "Noor Peeters"},
    "care_days_organiser": {**_CARE, "child_words": "Noor Peeters"},
    "change_asked_organiser": {**_CARE, "child_words": "Noor Peeters", "reply_by_on": date(2027, 2, 10)},
    "change_off_organiser": {
        "location_name": "De Regenboog",
        "child_words": "Noor Peeters",
        "from_on": date(2027, 3, 1),
        "reason_words": "Het gezin zegt nee.",
        "link": "https://loket.example/organisator/",
    },
    "opening_decided": {
        "location_name": "Zonnebloem",
        "because": "De beslissing van Opgroeien ontbreekt nog.",
        "link": "https://loket.example/organisator/locaties-nieuw/",
    },
    "location_joined": {"location_name": "De Regenboog", "link": "https://loket.example/organisator/"},
    "written_down_by_desk": {
        "location_name": "De Regenboog",
        "what": "De Regenboog sluit op woensdag 30 juni 2027.",
        "link": "https://loket.example/organisator/locaties/",
    },
    "message_waits_organiser": {"location_name": "De Regenboog", "link": "https://loket.example/organisator/"},
    "inquiry_sent": {**_INQUIRY, "answer_from_on": date(2026, 11, 20)},
    "inquiry_reminder": {**_INQUIRY, "days_left": 4},
    "confirm_vacancies": {
        "location_name": "De Regenboog",
        "vacancies": ["2 plaatsen: maandag en dinsdag hele dag", "1 plaats: woensdag voormiddag"],
        "until_on": date(2026, 11, 24),
        "link": "https://loket.example/organisator/vrij/een-lange-sleutel/",
    },
    "weekly_list": {
        "location_name": "De Regenboog",
        "questions": "3 open vragen",
        "first_due_on": date(2026, 12, 4),
        "until_on": date(2026, 12, 6),
        "link": "https://loket.example/organisator/lijst/een-lange-sleutel/",
    },
    "list_reminder": {
        "location_name": "De Regenboog",
        "quarter_words": "kwartaal 4 van 2026",
        "until_on": date(2026, 12, 31),
        "link": "https://loket.example/organisator/locaties/de-regenboog/gezinnen/",
    },
    "inquiry_closed_organiser": {
        "location_name": "De Regenboog",
        "child_words": "een kindje",
        "reason_words": "Het gezin vond een andere plaats.",
        "inbox_link": "https://loket.example/organisator/",
    },
    "offer_accepted_organiser": {**_PLACE, "child_words": "Noor Peeters", "link": "https://loket.example/organisator/"},
    "offer_declined_organiser": {
        "location_name": "De Regenboog",
        "child_words": "Noor Peeters",
        "reason_words": "De dagen passen niet",
        "link": "https://loket.example/organisator/",
    },
    "report_filed": {
        "year": 2026,
        "status": "status laatste week van februari 2027",
        "is_correction": True,
        "figures": [
            {"heading": heading, "numbers": [("Geraardsbergen", first), ("Ninove", second)]}
            for heading, first, second in (
                ("Aantal onbeantwoorde opvangvragen zonder opvangvoorstel", 31, 48),
                ("Minstens 1 maand later gestart", 7, 12),
                ("Minder opvangdagen dan gevraagd", 0, 4),
            )
        ],
    },
}
