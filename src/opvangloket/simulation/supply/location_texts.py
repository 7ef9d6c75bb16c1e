"""What locations tell about themselves on their page, and what they are called. Dutch at B1, warm, and all different."""

from __future__ import annotations

from random import Random
from typing import Final

from opvangloket.domains.providers.models import LocationType, SubsidyStep
from opvangloket.simulation.chance import happens

GROUP_NAMES: Final = (
    "De Vlinder", "Het Zonnetje", "De Speelvogel", "Ukkepuk", "De Duimelot", "Het Lieveheersbeestje", "De Kikker",
    "Pimpernel", "Het Nestje", "De Bijenkorf", "Kiekeboe", "De Kleine Beer", "Hummeltjes", "De Paddenstoel",
    "Het Kasteeltje", "De Toverfluit", "Pinkeltje", "De Wolkjes", "Dribbel", "Het Boompje", "De Ballon", "Knuffel",
    "De Kangoeroe", "Het Egeltje", "De Sterretjes", "Bubbels", "De Kapoentjes", "Het Molentje", "De Zandbak",
    "Pluisje", "De Eekhoorn", "Het Bootje", "De Trampoline", "Pippeloentje", "De Schommel", "Het Sprookje",
    "De Uiltjes", "Krullebol", "De Maan", "Het Huppeltje", "De Zeepbel", "Boterbloem", "De Vuurtoren", "Het Konijntje",
    "De Madelief", "Piepklein", "De Draaimolen", "Het Kersenpitje", "De Olifant", "Stapsteen", "De Waterlelie",
    "Het Treintje", "De Wiebel", "Tierelier", "De Hoeve", "Het Pareltje", "De Reuzen", "Zoem", "De Wereldbol",
    "Het Veertje", "De Koala", "Minimolen", "De Bosrand", "Het Avontuur", "De Kriebel", "Sprokkels", "De Oase",
    "Het Wolvenhol", "De Lentebloem", "Rakkertjes", "De Boomhut", "Het Rozenhof", "De Pinguïn", "Babbels",
    "De Sneeuwklok", "Het Karrewiel", "De Droomwolk", "Zonnestraal", "De Kompas", "Het Hofje",
)  # fmt: skip
CHILDMINDER: Final = "Onthaalouder "
CHILDMINDER_NAMES: Final = (
    "'t Kabouterhuisje", "Bij Oma Kip", "'t Warm Nestje", "De Pagadders", "Kleine Voetjes", "'t Hummelhof",
    "De Kleine Prins", "Pamperhof", "'t Zandkasteel", "Knuffelhuis", "Bij Tante", "'t Vlindertje", "De Spruitjes",
    "Handjes en Voetjes", "'t Muizenholletje", "De Krekeltjes",
)  # fmt: skip

_GROUP_OPENINGS: Final = (
    "Bij ons vindt elk kind een warme plek. We spelen veel en we nemen de tijd.",
    "We zijn een kleine ploeg die je kind goed kent. Je kind krijgt een vaste begeleider.",
    "In onze opvang zitten baby's en peuters samen. Zo leren ze veel van elkaar.",
    "Onze baby's hebben een eigen rustige ruimte. De peuters spelen in de grote zaal.",
    "Je kind mag bij ons zijn wie het is. We volgen het ritme van je kind.",
    "We wonen naast het park en gaan elke dag naar buiten. Ook als het regent.",
    "Bij ons ruikt het naar soep. Onze kok maakt elke dag vers eten.",
    "We lezen veel voor en we zingen de hele dag. Zo leert je kind spelend taal.",
    "Elk kind is welkom, ook als je niet werkt. We maken graag tijd voor een gesprek.",
    "In onze tuin groeien bessen en kruiden. De kinderen helpen graag mee.",
    "We werken al meer dan twintig jaar met jonge kinderen. Toch kijken we elke dag met nieuwe ogen.",
    "Rust en plezier gaan bij ons samen. Slapen doet elk kind op zijn eigen moment.",
)
_GROUP_DETAILS: Final = (
    "Luiers en eten zijn in de prijs inbegrepen.",
    "Je brengt zelf luiers mee. Wij zorgen voor het eten.",
    "Kom gerust eens kijken. Een mailtje volstaat.",
    "Je kind went eerst een week, samen met jou.",
    "We spreken Nederlands met de kinderen. Jouw taal krijgt ook een plek.",
    "Er is een fietsenstalling en je kunt voor de deur parkeren.",
    "Je krijgt elke dag een kort bericht over hoe het ging.",
    "Flesvoeding of borstvoeding: we volgen wat jij kiest.",
    "Heeft je kind extra zorg nodig? Bel ons, dan zoeken we samen.",
    "De oudste peuters gaan op bezoek in de kleuterschool.",
    "Ouders koken twee keer per jaar met ons mee.",
)
_CHILDMINDER_OPENINGS: Final = (
    "Ik ben {name} en ik vang kinderen op bij mij thuis. Er is een grote tuin.",
    "Welkom bij {name}. Ik werk met een kleine groep, dus ieder kind krijgt tijd.",
    "Ik heb zelf drie kinderen en ik doe dit werk al jaren. Jouw kind hoort bij ons.",
    "Bij mij thuis is het rustig. We wandelen elke dag langs de velden.",
    "Mijn keuken is het hart van de opvang. De kinderen roeren graag mee.",
    "Ik hou van boekjes en muziek. We maken er elke dag iets moois van.",
    "Ik woon dicht bij de school. Zo breng je makkelijk twee kinderen weg.",
    "Mijn poes en mijn kippen horen bij de opvang. Kinderen zijn er dol op.",
    "Ik vang graag kinderen op die samen komen met broer of zus.",
    "Een baby slaapt bij mij wanneer die moe is. Ik volg het ritme van thuis.",
)
_CHILDMINDER_DETAILS: Final = (
    "Ik maak elke dag zelf eten.",
    "Je mag altijd eens komen kennismaken.",
    "We spreken samen af hoe je kind went.",
    "Ik stuur je overdag een foto als je dat wilt.",
    "Ik werk samen met een onthaalmoeder om de hoek.",
    "Vertel me gerust wat je kind graag doet.",
    "Bel me liever na 18 uur. Overdag ben ik bij de kinderen.",
)
_INCOME: Final = "Je betaalt volgens je inkomen."
_PLUS: Final = "We houden plaatsen vrij voor gezinnen die het moeilijk hebben. Vraag ons gerust hulp."
_INCLUSIVE: Final = "Kinderen met een extra zorgnood horen er bij ons gewoon bij."


def page_text(
    random: Random, *, care: LocationType, step: SubsidyStep, income_tariff: bool, inclusive: bool, name: str
) -> str:
    """Return the text of a location's page, in short sentences."""
    group = care is LocationType.GROUP
    openings, details = (_GROUP_OPENINGS, _GROUP_DETAILS) if group else (_CHILDMINDER_OPENINGS, _CHILDMINDER_DETAILS)
    sentences = [random.choice(openings).format(name=name), *random.sample(details, 2)]
    if income_tariff and happens(random, 0.5):
        sentences.append(_INCOME)
    if step is SubsidyStep.T3:
        sentences.append(_PLUS)
    if inclusive:
        sentences.append(_INCLUSIVE)
    return " ".join(sentences)
