"""The public page on how questions are sent out and answered: the settings in force, in plain words (SPEC §9).

Parents and organisers read the same text. No sentence is longer than twenty words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opvangloket.rules.procedure import LANGUAGES, PAGE_FIELDS, DeskMode, Language, Procedure, ReportRow
from opvangloket.rules.wording import count_words, dutch_list

_FIELDS_PER_SENTENCE = 2
_LANGUAGES_PER_SENTENCE = 5


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its title and its sentences, in order."""

    title: str
    sentences: tuple[str, ...]


def procedure_text(procedure: Procedure) -> tuple[Section, ...]:
    """Return the page that belongs to these settings, section by section; a question and its answer stay together."""
    return (
        Section("Wie kan opvang vragen?", tuple(_who_asks(procedure))),
        Section("Wanneer gaat een vraag naar de locaties?", tuple(_sending(procedure))),
        Section("Wat ziet een locatie?", tuple(_what_is_seen(procedure))),
        Section("Hoe antwoordt een locatie?", tuple(_answering(procedure))),
        Section("Hoe kiest een gezin?", tuple(_choosing(procedure))),
        Section("Hoe volgt het loket op?", tuple(_following(procedure))),
        Section("Wat houdt een locatie zelf bij?", tuple(_supply(procedure))),
        Section("Hoe telt het loket?", tuple(_counting(procedure))),
    )


def _who_asks(procedure: Procedure) -> Iterator[str]:
    yield "Opvang is er voor elk kind en elke ouder."
    if procedure.mode is DeskMode.CENTRAL:
        yield "De locaties spraken af dat elke vraag via het loket gaat."
        yield "Een ouder is daar nooit toe verplicht."
        yield "Helpt een locatie een gezin meteen zelf? Dan meldt ze dat aan het loket."
    else:
        yield "Ouders kiezen zelf of ze hun vraag aan het loket stellen."
        yield "Vindt een ouder zelf een plaats? Dan hoeft het loket dat niet te weten."
    yield "Heeft een locatie geen plaats? Dan verwijst ze het gezin naar het loket."
    yield "Ze geeft de vraag van een gezin alleen door als dat akkoord gaat."
    if procedure.mode is DeskMode.DESK_ONLY:
        yield "Elk kwartaal geeft ze een lijst door van wie ze niet kon helpen."
    yield "Een vraag gaat over één kind."
    yield f"Een gezin kiest ten hoogste {count_words(procedure.max_locations, 'locatie', 'locaties')}."


def _sending(procedure: Procedure) -> Iterator[str]:
    yield "Alle gekozen locaties krijgen de vraag op hetzelfde moment, met dezelfde gegevens."
    if procedure.send_from_months is None:
        yield "Dat gebeurt zodra het gezin zijn contactgegevens bevestigt."
    else:
        yield f"Dat gebeurt op zijn vroegst {_months(procedure.send_from_months)} voor de start."
    yield f"Een vraag met een dringende reden en een start binnen {_days(procedure.urgent_within_days)} is dringend."
    if procedure.urgent_to_all:
        yield "Een dringende vraag gaat naar alle locaties van het loket."
    else:
        yield "Ook een dringende vraag gaat alleen naar de gekozen locaties."
    yield "Verandert een gezin de start of de dagen? Dan vertrekt de nieuwe vraag naar elke locatie op zijn lijst."
    yield "Elke locatie krijgt dan een nieuwe termijn."
    yield f"Tussen twee zulke rondes zitten minstens {_days(procedure.new_round_min_days)}."


def _what_is_seen(procedure: Procedure) -> Iterator[str]:
    yield "Een locatie ziet de leeftijd van het kind, de dagen en de start."
    if procedure.blind_first_answer:
        yield "Ze ziet de naam en de contactgegevens pas na haar eerste antwoord."
    else:
        yield "Ze ziet ook de naam en de contactgegevens van het gezin."
    yield "Ze ziet of een gezin voorrang heeft, maar nooit waarom."
    if procedure.rank_shown:
        yield "Ze ziet de hoeveelste keuze van het gezin ze is."
    else:
        yield "Ze ziet niet de hoeveelste keuze van het gezin ze is."


def _answering(procedure: Procedure) -> Iterator[str]:
    yield f"Een locatie antwoordt binnen {_days(procedure.answer_term_days)}."
    yield "De laatste dag telt helemaal mee."
    if procedure.answer_from_months is not None:
        yield f"Een plaats voorstellen mag vanaf {_months(procedure.answer_from_months)} voor de start."
        yield "De termijn begint dan pas. Nee zeggen mag vroeger."
    if procedure.move_term_off_closed_days:
        yield "Eindigt de termijn op een zondag of feestdag? Dan telt de volgende gewone dag."
    else:
        yield "De termijn kan ook op een zondag of feestdag eindigen."
    yield "De locatie antwoordt ja, ja maar anders, of nee."
    yield "Bij nee zegt ze waarom, en wat wel kan: andere dagen of een latere start."
    yield f"Na {_days(procedure.remind_after_days)} zonder antwoord krijgt ze een herinnering."
    yield f"Na {_days(procedure.call_after_days)} zonder antwoord belt het loket haar."
    yield "Een locatie antwoordt online, per mail, per telefoon of op papier."


def _choosing(procedure: Procedure) -> Iterator[str]:
    yield "Bij elk voorstel staat tot welke dag het gezin kan antwoorden."
    yield f"Meestal krijgt het gezin {_days(procedure.reply_by_days)} de tijd."
    if procedure.offer_reminder_days:
        days = dutch_list([str(day) for day in procedure.offer_reminder_days])
        unit = "dag" if procedure.offer_reminder_days[-1] == 1 else "dagen"
        yield f"Het gezin krijgt een herinnering: {days} {unit} voor het einde."
    if procedure.offer_holds_place:
        yield "Zolang het voorstel loopt, blijft de plaats vrij voor dit gezin."
    else:
        yield "Een voorstel houdt de plaats niet vrij: wie eerst antwoordt, krijgt ze."
    yield "Weigert een gezin een voorstel? Dan blijft zijn vraag bij de andere locaties staan."
    if procedure.may_stay_listed:
        yield "Kiest een gezin een voorstel? Dan mag het bij de andere locaties verder zoeken."
    else:
        yield "Kiest een gezin een voorstel? Dan sluit zijn vraag bij de andere locaties."
    yield "De locatie en het gezin maken daarna samen hun overeenkomst."


def _following(procedure: Procedure) -> Iterator[str]:
    verify = _days(procedure.verify_within_days)
    yield f"Bevestigt een gezin zijn contactgegevens niet binnen {verify}? Dan neemt het loket contact op."
    every = "elke week" if procedure.reconfirm_weeks == 1 else f"om de {procedure.reconfirm_weeks} weken"
    yield f"Het loket vraagt {every} of een gezin nog zoekt."
    yield "Wie niet antwoordt, krijgt een telefoontje. Een vraag verdwijnt nooit vanzelf."
    weeks = count_words(procedure.start_near_weeks, "week", "weken")
    yield f"Vanaf {weeks} voor de start volgt het loket een gezin zonder plaats extra op."
    yield f"Is het {_days(procedure.vulnerable_silent_days)} stil rond een kwetsbaar gezin? Dan belt het loket."
    yield f"Dat doet het ook {_days(procedure.vulnerable_offer_call_days)} voor een voorstel aan zo'n gezin eindigt."
    yield f"Een klacht krijgt antwoord binnen {_days(procedure.complaint_days)}."


def _supply(procedure: Procedure) -> Iterator[str]:
    yield "Elke locatie heeft een eigen pagina en houdt die bij."
    first, *more = _in_groups([PAGE_FIELDS[field] for field in procedure.page_minimum], _FIELDS_PER_SENTENCE)
    yield f"Daar staat minstens op: {_both(first)}."
    for labels in more:
        yield f"En ook: {_both(labels)}."
    if procedure.review_page_text:
        yield "Het loket leest de uitleg van een locatie na voor ze erop komt."
    yield "Een locatie meldt elke vrije plaats, ook een korte of een deeltijdse."
    if procedure.vacancy_public_default:
        yield "Iedereen ziet die plaats, tenzij de locatie anders kiest."
    else:
        yield "Alleen het loket ziet die plaats, tenzij de locatie anders kiest."
    yield f"Na {_days(procedure.vacancy_fresh_days)} vraagt het loket of de plaats nog vrij is."


def _counting(procedure: Procedure) -> Iterator[str]:
    yield "Het loket telt elk jaar de vragen, en welke vragen zonder plaats bleven."
    if procedure.report_row is ReportRow.RESIDENCE:
        yield "Een gezin telt bij de gemeente waar het woont."
        yield "Woont het buiten het werkingsgebied? Dan telt de gemeente van de eerst gekozen locatie."
    else:
        yield "Een gezin telt bij de gemeente van de eerst gekozen locatie."
    yield "Alle locaties krijgen deze cijfers."
    yield "Wat op deze pagina verandert, verandert nooit een termijn die al loopt."
    others = [LANGUAGES[language] for language in procedure.languages if language is not Language.DUTCH]
    if others:
        yield "Gezinnen kunnen het loket ook in een vertaling lezen."
    for some in _in_groups(others, _LANGUAGES_PER_SENTENCE):
        yield f"Er zijn vertalingen in het {dutch_list(some)}."


def _days(count: int) -> str:
    return count_words(count, "dag", "dagen")


def _months(count: int) -> str:
    return count_words(count, "maand", "maanden")


def _both(labels: Sequence[str]) -> str:
    """Join labels that may have an "of" inside: the comma keeps them apart."""
    return ", en ".join(labels)


def _in_groups(labels: Sequence[str], size: int) -> list[Sequence[str]]:
    return [labels[start : start + size] for start in range(0, len(labels), size)]
