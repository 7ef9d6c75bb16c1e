"""Reference data: codes over time, and places found by whatever people type."""

from datetime import date

import pytest

from opvangloket.foundation import geography as geo
from opvangloket.rules.neutrality import Point


def test_today_has_285_flemish_and_19_brussels_municipalities() -> None:
    regions = [found.region for found in geo.municipalities()]
    assert (regions.count("Vlaams Gewest"), regions.count("Brussels Hoofdstedelijk Gewest")) == (285, 19)


def test_an_ended_code_keeps_its_name_and_knows_its_successor() -> None:
    old, new = geo.municipality("44012"), geo.municipality("44086")
    assert old is not None
    assert new is not None
    assert (old.name, old.valid_to, old.successor) == ("De Pinte", date(2025, 1, 1), "44086")
    assert (new.name, new.valid_from, new.valid_to) == ("Nazareth-De Pinte", date(2025, 1, 1), None)


def test_antwerpen_keeps_its_code_through_its_merger() -> None:
    antwerpen = geo.municipality("11002")
    assert antwerpen is not None
    assert (antwerpen.valid_from, antwerpen.valid_to, antwerpen.successor) == (None, None, None)


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("44029", 2018, "Knesselare"),
        ("44029", 2019, "Aalter"),
        ("11007", 2024, "Borsbeek"),
        ("11007", 2025, "Antwerpen"),
        ("44084", 2018, "Aalter"),  # codes are not carried back
        ("62063", 2024, "62063"),  # Liège is not in the list
    ],
)
def test_the_name_in_a_year(code: str, year: int, name: str) -> None:
    assert geo.name_in_year(code, year) == name


def test_every_merger_ends_in_a_municipality_of_today() -> None:
    today = {found.nis_code for found in geo.municipalities()}
    assert {geo.code_in_year(merger.old, 2025) for merger in geo.mergers()} <= today
    assert all(geo.is_known_code(merger.old) for merger in geo.mergers())


@pytest.mark.parametrize(
    ("text", "nis_code", "label"),
    [
        ("Ninove", "41048", "Ninove"),
        ("  NINOVE ", "41048", "Ninove"),
        ("9400", "41048", "9400 Ninove"),
        ("Denderhoutem", "41024", "9450 Denderhoutem (Haaltert)"),
        ("Centrumlaan 100, 9400 Ninove", "41048", "9400 Ninove"),
        ("Centrumlaan 1000, 9450 Denderhoutem", "41024", "9450 Denderhoutem (Haaltert)"),
        ("dorp 1 9450 haaltert België", "41024", "9450 Haaltert"),
        ("Kerkstraat 12, sint niklaas", "46021", "Sint-Niklaas"),
        ("st.-niklaas", "46021", "Sint-Niklaas"),
        ("Schaerbeek", "21015", "Schaarbeek"),
        ("Geraardsbergen, Grote Markt", "41018", "Geraardsbergen"),
        ("Nieuwerkerken", "71045", "Nieuwerkerken"),
        ("Meeuwen-Gruitrode", "72042", "Meeuwen-Gruitrode (Oudsbergen)"),
        ("de pinte", "44086", "9840 De Pinte (Nazareth-De Pinte)"),
    ],
)
def test_a_place_is_found_by_what_people_type(text: str, nis_code: str, label: str) -> None:
    point = geo.place_point(text)
    assert point is not None
    assert (point.nis_code, point.label) == (nis_code, label)
    town = geo.municipality(nis_code)
    assert town is not None
    assert geo.distance_km(point.lat, point.lon, town.lat, town.lon) < 10


def test_of_two_places_with_one_name_the_preferred_territory_wins() -> None:
    point = geo.place_point("Kerkstraat 1, Nieuwerkerken", prefer={"41002"})
    assert point is not None
    assert point.nis_code == "41002"


@pytest.mark.parametrize("text", ["", "   ", "Xyzzy", "4000 Liège", "Kerkstraat", "9999"])
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    assert geo.place_point(text) is None


def test_suggestions_begin_with_the_typed_letters_and_stop_at_the_limit() -> None:
    assert [place.label for place in geo.suggest("nino")][:2] == ["Ninove", "9400 Ninove"]
    digits = geo.suggest("94", limit=3)
    assert len(digits) == 3
    assert all(place.postcode.startswith("94") for place in digits)
    assert geo.suggest("") == ()
    assert geo.suggest("beveren")[0].name.startswith("Beveren")


def test_suggestions_prefer_the_territory_of_the_desk() -> None:
    assert geo.suggest("aalst", prefer={"41002"})[0].nis_code == "41002"
    hofstade = geo.suggest("hofstade", prefer={"41002"})
    assert [place.nis_code for place in hofstade[:1]] == ["41002"]


def test_boundaries_follow_a_code_to_today() -> None:
    collection = geo.boundaries(["44012", "44048", "41048", "62063"])
    assert [feature["properties"]["nis_code"] for feature in collection["features"]] == ["44086", "41048"]
    assert len(geo.boundaries()["features"]) == 304


def test_public_holidays_have_dutch_names() -> None:
    listed = {holiday.on: holiday.name for holiday in geo.holidays(2025, 2026)}
    assert listed[date(2025, 7, 21)] == "Nationale feestdag"
    assert listed[date(2026, 4, 6)] == "Paasmaandag"
    assert geo.is_holiday(date(2025, 11, 11))
    assert not geo.is_holiday(date(2025, 11, 12))


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (Point(50.8368, 4.0213), "41048"),  # the church of Ninove
        (Point(51.5606, 5.0919), None),  # Tilburg
        (Point(50.4669, 4.8675), None),  # Namur
    ],
)
def test_a_point_lies_in_one_municipality(point: Point, code: str | None) -> None:
    assert geo.code_at(point) == code


def test_every_municipality_holds_its_own_point() -> None:
    own = [found for found in geo.municipalities() if found.nis_code != "13002"]  # scattered: its middle is elsewhere
    wrong = [found.name for found in own if geo.code_at(Point(found.lat, found.lon)) != found.nis_code]
    assert wrong == []


def test_near_the_border_is_near_enough_and_further_is_not() -> None:
    in_aalst = Point(50.9378, 4.0355)
    assert not geo.is_in_or_near("41048", in_aalst)
    rings = geo.rings_of(geo.boundaries(["41048"])["features"][0])
    lon, lat = max((point for ring in rings for point in ring), key=lambda point: point[1])
    assert geo.is_in_or_near("41048", Point(lat + 0.003, lon))
    assert not geo.is_in_or_near("41048", Point(lat + 0.004, lon))


def test_a_scattered_municipality_reaches_further_and_an_ended_code_is_carried_forward() -> None:
    assert geo.is_in_or_near("13002", Point(51.4402, 4.9303))  # the heart of Baarle-Hertog
    assert geo.is_in_or_near("44012", Point(50.9650, 3.6465))  # De Pinte, now in Nazareth-De Pinte
    assert geo.is_in_or_near("62063", Point(50.8368, 4.0213))  # Liège has no shape here
