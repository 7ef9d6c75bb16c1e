"""Invented people, places and dates for the gallery."""

from __future__ import annotations

from datetime import UTC, date, datetime

from opvangloket.rules.patterns import WeekPattern
from opvangloket.web.ui import components as c
from opvangloket.web.ui.components.cards import Drawing

TODAY = date(2026, 12, 5)
SENT = date(2026, 11, 20)
ASKED = WeekPattern.full_days("ma", "di") | WeekPattern.of("wo_vm")
FLEXIBLE = WeekPattern.full_days("do")
OPENED = WeekPattern.full_days("ma", "di", "wo", "do", "vr")
FREE = WeekPattern.full_days("ma", "di", "do") | WeekPattern.of("vr_nm")
OFFERED = WeekPattern.full_days("ma", "di") | WeekPattern.of("vr_vm")

CHROME = c.Chrome(
    place="Ninove",
    home_url="/ninove/",
    phone="054 00 00 00",
    counter="Sociaal Huis, na afspraak",
    nav=(
        c.NavItem(label="Opvang zoeken", url="#zoeken", current=True),
        c.NavItem(label="Mijn vraag", url="#vraag"),
        c.NavItem(label="Berichten", url="#berichten", count=2),
    ),
    accessibility_url="#toegankelijk",
    privacy_url="#privacy",
    procedure_url="#procedure",
)


def everything() -> dict[str, object]:
    """Return the context of the gallery page."""
    return {
        "asked": c.asked_strip(ASKED, FLEXIBLE),
        "agreed": c.agreed_strip(ASKED),
        "weekend": c.asked_strip(WeekPattern.full_days("vr", "za") | WeekPattern.of("zo_vm")),
        "free": c.free_strip(FREE, OPENED - WeekPattern.of("wo_nm")),
        "place": c.place_strip(FREE),
        "fit": c.fit_strip(ASKED, FREE, also=FLEXIBLE),
        "offered": c.offer_strip(ASKED, OFFERED),
        "rows": _question_rows(),
        "cards": _cards(),
        "offer": c.compare_offer(
            asked=ASKED, offered=OFFERED, asked_from=date(2027, 1, 6), offered_from=date(2027, 1, 6)
        ),
        "summary": _summary(),
        "inbox": _inbox(),
        "work": _work(),
        "entries": _entries(),
        "empty": c.EmptyState(title="Alles beantwoord", words="De volgende vraag verschijnt hier vanzelf."),
        "table": _table(),
        "pages": c.pagination(page=2, per_page=25, total=130, url_of="?pagina={}".format),
        "months": _months(),
    }


def _question_rows() -> tuple[c.QuestionRow, ...]:
    said_yes = c.AnswerGiven(c.AnswerKind.ALTERNATIVE, date(2026, 12, 4))
    said_no = c.AnswerGiven(c.AnswerKind.NO, date(2026, 11, 25))
    return (
        c.QuestionRow(
            name="De Regenboog",
            url="#regenboog",
            note="1,2 km",
            line=c.question_line(asked_on=SENT, sent_on=SENT, seen_on=date(2026, 11, 21), answer=said_yes),
            chip=c.Chip("Voorstel: nog 9 dagen", c.Tone.WARM),
        ),
        c.QuestionRow(
            name="Onthaalouder Mia",
            url="#mia",
            note="0,6 km",
            line=c.question_line(asked_on=SENT, sent_on=SENT, seen_on=date(2026, 11, 24)),
            chip=c.Chip("Antwoordt ten laatste op 4 december"),
        ),
        c.QuestionRow(
            name="Het Klavertje",
            url="#klavertje",
            note="2,4 km",
            line=c.question_line(asked_on=SENT, sent_on=SENT, seen_on=date(2026, 11, 20), answer=said_no),
            next_words="Wel mogelijk: vanaf 1 maart.",
            act_label="Toevoegen",
            act_url="#toevoegen",
        ),
        c.QuestionRow(
            name="Ferm Kinderopvang Denderhoutem",
            note="5,1 km",
            line=c.question_line(asked_on=SENT),
            next_words="Wordt verstuurd op 6 januari.",
        ),
    )


def _cards() -> tuple[c.ResultCard, ...]:
    return (
        c.ResultCard(
            name="De Regenboog",
            url="#regenboog",
            drawing=Drawing.GROUP,
            facts=("Groepsopvang", "1,2 km", "Prijs volgens je inkomen", "7 tot 18 uur"),
            strip=c.free_strip(FREE, OPENED),
            chip=c.Chip("Vrij vanaf januari", c.Tone.LEAF),
            confirmed_on=date(2026, 11, 12),
        ),
        c.ResultCard(
            name="Onthaalouder Mia",
            url="#mia",
            drawing=Drawing.FAMILY,
            facts=("Gezinsopvang", "0,6 km", "Vaste prijs: 32 euro per dag", "6.30 tot 17.30 uur"),
            strip=c.free_strip(WeekPattern.of("wo_vm"), OPENED - WeekPattern.full_days("vr")),
            chip=c.Chip("Bijna volzet", c.Tone.WARM),
            confirmed_on=date(2026, 12, 2),
            choose_name="location",
            choose_value="mia",
            chosen=True,
        ),
    )


def _summary() -> tuple[c.SummaryItem, ...]:
    return (
        c.SummaryItem(question="Voor wie?", answer="Noor, geboren op 3 augustus 2026", change_url="#kind"),
        c.SummaryItem(question="Vanaf wanneer?", answer="Woensdag 6 januari 2027", change_url="#start"),
        c.SummaryItem(question="Welke momenten?", strip=c.asked_strip(ASKED, FLEXIBLE), change_url="#momenten"),
        c.SummaryItem(question="Voed je je kind alleen op?", answer="Ik antwoord liever niet", change_url="#alleen"),
    )


def _inbox() -> tuple[c.WorklistRow, ...]:
    def answer(about: str) -> c.Act:
        return c.Act(label="Antwoorden", url="#antwoord", about=about, strong=True)

    return (
        c.WorklistRow(
            key="vraag-1",
            title="Noor, 5 maanden bij de start",
            reason="Vanaf 6 januari · 2 dagen · broer in huis",
            url="#noor",
            urgency="late",
            strip=c.fit_strip(ASKED, FREE, also=FLEXIBLE),
            days_left=c.days_left(date(2026, 12, 6), today=TODAY),
            act=answer("Noor"),
            more=(c.Act(label="Uitstel vragen", url="#uitstel"), c.Act(label="Brief afdrukken", url="#brief")),
        ),
        c.WorklistRow(
            key="vraag-2",
            title="Kind verwacht op 3 februari",
            reason="Vanaf 1 juni · 5 dagen",
            url="#kind2",
            urgency="calm",
            strip=c.fit_strip(OPENED, OPENED),
            days_left=c.days_left(date(2026, 12, 13), today=TODAY),
            chips=(c.Chip("Heeft voorrang", c.Tone.WARM),),
            act=answer("kind verwacht op 3 februari"),
        ),
    )


def _work() -> tuple[c.WorklistRow, ...]:
    return (
        c.WorklistRow(
            key="taak-1",
            title="De Speelkuil antwoordde niet op 4 vragen",
            reason="Termijn voorbij sinds maandag · herinnering verstuurd",
            url="#speelkuil",
            urgency="late",
            act=c.Act(label="Bellen", url="#bel", icon="phone", about="De Speelkuil"),
        ),
        c.WorklistRow(
            key="taak-2",
            title="Voorstel voor Yusuf vervalt morgen",
            reason="Kwetsbaar gezin · nog geen reactie",
            url="#yusuf",
            urgency="soon",
            act=c.Act(label="Bellen", url="#bel2", icon="phone", about="gezin van Yusuf"),
        ),
        c.WorklistRow(
            key="taak-3",
            title="Misschien twee keer hetzelfde kind",
            reason="Lina De Smet en Leena Desmet, zelfde geboortedatum",
            url="#dubbel",
            urgency="calm",
            act=c.Act(label="Bekijken", url="#dubbel", icon="users", about="twee keer hetzelfde kind"),
        ),
    )


def _entries() -> tuple[c.TimelineEntry, ...]:
    def at(day: int, hour: int) -> datetime:
        return datetime(2026, 12, day, hour, 12, tzinfo=UTC)

    return (
        c.TimelineEntry(words="Voorstel van De Regenboog", at=at(4, 9), who="Lien, De Regenboog", detail="2 dagen."),
        c.TimelineEntry(words="Vraag gelezen", at=at(3, 7), who="Onthaalouder Mia", quiet=True),
        c.TimelineEntry(words="Gebeld met de moeder", at=at(2, 13), who="Amina, loket", detail="Woensdag hoeft niet."),
        c.TimelineEntry(
            words="Vraag verstuurd naar 5 locaties", at=at(1, 8), url="#bewijs", url_label="Bewijs bekijken"
        ),
    )


def _table() -> c.DataTable:
    return c.DataTable.of(
        "Antwoorden per opvang",
        (c.Column("Opvang"), c.Column("Vragen", number=True), c.Column("Binnen de termijn", number=True)),
        (("De Regenboog", "48", "46"), ("Onthaalouder Mia", "12", "12"), ("De Speelkuil", "31", "22")),
        ("Samen", "91", "80"),
    )


def _months() -> list[tuple[str, list[int]]]:
    names = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    return [
        (name, [max(0, min(4, 4 - index // 3 + (cell * 7 + index * 3) % 3 - (index >= 8))) for cell in range(10)])
        for index, name in enumerate(names)
    ]
