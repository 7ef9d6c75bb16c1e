"""What families write in their own words: to the desk, to the locations, and about the support that a child needs."""

from typing import Final

OWN_WORDS: Final = (
    "Ik werk in ploegen. Mijn uren veranderen elke week. Kan iemand me bellen?",
    "Ik weet nog niet zeker welke dagen ik ga werken. Ik hoor het volgende maand.",
    "Mijn zoon heeft een allergie voor melk en noten. Kan de opvang daarmee om?",
    "Ik begin met Nederlandse les. Ik weet niet of ik recht heb op opvang.",
    "Mijn man is ziek en ik sta er alleen voor. Ik heb snel iets nodig.",
    "We verhuizen misschien in de zomer. Kan mijn vraag dan mee verhuizen?",
    "Ik heb geen auto. De opvang moet bij een bushalte zijn.",
    "Ik ben zwanger van een tweeling. Het liefst gaan ze samen naar dezelfde opvang.",
    "Ik verdien weinig. Hoeveel kost opvang voor mij?",
    "Kan mijn kindje ook eens een week minder komen? Mijn moeder helpt soms.",
    "Ik werk als verpleegster en begin om 6.45 uur. Lukt dat ergens?",
    "Wij spreken vooral Turks thuis. Is dat een probleem?",
    "Ik heb al drie keer een nee gekregen van een andere opvang. Ik weet niet meer wat doen.",
    "Mijn dochter is een prematuurtje. Ze gaat later starten dan gepland.",
)
MESSAGES_TO_LOCATIONS: Final = (
    "We wonen om de hoek en komen met de fiets.",
    "We komen graag eens kijken.",
    "Onze oudste gaat hier al en is er heel graag.",
    "Ons kindje is een rustige baby en slaapt goed.",
    "We zijn soepel met de uren als dat helpt.",
    "Mijn zus kwam hier vroeger ook en was heel tevreden.",
    "We zoeken een warme plek voor ons eerste kindje.",
    "Start mag ook een paar weken later.",
    "Ik geef nog borstvoeding. Kan dat bij jullie?",
    "We leren Nederlands en oefenen graag met jullie.",
)
SUPPORT_NEEDED: Final = (
    "Ons kind heeft epilepsie. Er moet iemand zijn die noodmedicatie kan geven.",
    "Onze dochter hoort niet goed. Ze draagt een toestelletje.",
    "Ons zoontje heeft het syndroom van Down en krijgt kine.",
    "Onze baby krijgt sondevoeding.",
    "Ons kind heeft diabetes en een pompje.",
    "Onze peuter heeft veel rust nodig en schrikt snel van lawaai.",
    "Ons kindje heeft een hartafwijking en is snel moe.",
)
