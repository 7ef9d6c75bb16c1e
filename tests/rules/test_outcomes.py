"""Outcomes: a worked example for every clause of EXCHANGE.md, "Outcome as of a date D", except step 2."""

from dataclasses import replace
from datetime import date

import pytest
from tests.rules.stories import case, parts

from opvangloket.rules.outcomes import Ground, Outcome, OutcomeResult, original_question, outcome_as_of

AS_OF = date(2025, 2, 28)


def result(story: str = "", *, as_of: date = AS_OF, **facts: object) -> OutcomeResult:
    return outcome_as_of(case(story, **facts), as_of)


def outcome(story: str = "", *, as_of: date = AS_OF, **facts: object) -> Outcome | None:
    return result(story, as_of=as_of, **facts).outcome


class TestUpToADate:
    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2025-02-28T23:59", Outcome.LAPSED),
            ("2025-03-01T00:00", Outcome.UNKNOWN),
            ("2025-02-28T22:59:59Z", Outcome.LAPSED),
            ("2025-02-28T23:00Z", Outcome.UNKNOWN),
        ],
    )
    def test_an_event_counts_until_midnight_in_brussels(self, at: str, expected: Outcome) -> None:
        assert outcome(f"{at} lapsed reason=verhuisd") is expected

    def test_midnight_follows_summer_time(self) -> None:
        assert outcome("2024-06-30T21:59:59Z found_elsewhere", as_of=date(2024, 6, 30)) is Outcome.FOUND_ELSEWHERE
        assert outcome("2024-06-30T22:00Z found_elsewhere", as_of=date(2024, 6, 30)) is Outcome.UNKNOWN


class TestOriginalQuestion:
    def question(self, story: str, **facts: object) -> tuple[date, int, int | None]:
        return original_question(case(story, **facts), AS_OF)

    def test_without_a_correction_it_is_what_was_asked(self) -> None:
        assert self.question("2024-04-01 reopened") == (date(2024, 9, 1), parts("ma|di"), None)

    def test_each_field_takes_the_last_correction_that_fills_it(self) -> None:
        story = """
            2024-04-01 corrected start=2024-10-01 parts=wo
            2024-04-02 corrected start=2024-11-01
            2024-04-03 corrected parts=do|vr
            2025-03-01T00:00 corrected start=2026-01-01 parts=za
        """
        assert self.question(story) == (date(2024, 11, 1), parts("do|vr"), None)

    def test_a_corrected_pattern_ends_the_parts_wanted_and_a_corrected_start_does_not(self) -> None:
        assert self.question("2024-04-01 corrected start=2024-10-01", parts_wanted=3)[2] == 3
        assert self.question("2024-04-01 corrected parts=wo", parts_wanted=3)[2] is None

    def test_offers_and_placements_from_before_the_correction_follow_it(self) -> None:
        story = """
            2024-04-01 answered_yes A
            2024-04-05 offer_accepted A
            2024-04-06 corrected start=2024-12-01 parts=wo
        """
        found = result(story)
        assert (found.outcome, found.placed_start, found.placed_pattern) == (
            Outcome.ANSWERED,
            date(2024, 12, 1),
            parts("wo"),
        )

    def test_a_filled_offer_does_not_follow_it(self) -> None:
        story = """
            2024-04-01 answered_yes A start=2024-09-01 parts=ma|di
            2024-04-05 offer_accepted A
            2024-04-06 corrected start=2024-07-01
        """
        assert outcome(story) is Outcome.PARTLY_LATER


class TestNotCounted:
    @pytest.mark.parametrize("kind", ["not_genuine", "merged_into"])
    def test_a_duplicate_or_a_false_request_never_counts_again(self, kind: str) -> None:
        found = result(f"""
            2024-04-01 answered_yes A
            2024-04-02 offer_accepted A
            2024-04-03 {kind} reason=R2
            2024-04-04 reopened
        """)
        assert not found.counted
        assert found.outcome is None
        assert found.ground.value == kind

    def test_it_still_counts_before_that_day(self) -> None:
        assert outcome("2025-03-01 not_genuine") is Outcome.UNKNOWN

    OWN_FAMILY = {"desk_mode": "desk_only", "channel": "organiser"}

    def test_an_organisers_own_family_placed_by_it_is_no_question_to_a_desk_only_desk(self) -> None:
        found = result("2024-04-01 placed_directly A", **self.OWN_FAMILY)
        assert (found.outcome, found.ground) == (None, Ground.PLACED_BEFORE_DESK)

    @pytest.mark.parametrize(
        "answer",
        ["answered_yes B", "answered_alternative B start=2024-10-01 parts=ma", "answered_no B reason=volzet"],
    )
    def test_any_answer_of_any_location_before_it_makes_it_one(self, answer: str) -> None:
        story = f"2024-03-05 {answer}\n2024-04-01 placed_directly A"
        assert outcome(story, **self.OWN_FAMILY) is Outcome.ANSWERED

    def test_an_answer_after_it_does_not(self) -> None:
        story = "2024-04-01 placed_directly A\n2024-04-01 answered_no B reason=volzet\n2024-04-02 placed_directly A"
        assert outcome(story, **self.OWN_FAMILY) is None

    def test_also_when_the_placement_is_undone(self) -> None:
        assert outcome("2024-04-01 placed_directly A\n2024-05-01 search_ended", **self.OWN_FAMILY) is None

    @pytest.mark.parametrize("facts", [{"desk_mode": "central"}, {"channel": "phone"}])
    def test_in_central_mode_or_by_another_channel_it_counts(self, facts: dict[str, str]) -> None:
        assert outcome("2024-04-01 placed_directly A", **self.OWN_FAMILY | facts) is Outcome.ANSWERED

    def test_an_accepted_offer_is_no_direct_placement(self) -> None:
        story = "2024-04-01 answered_yes A\n2024-04-01 offer_accepted A"
        assert outcome(story, **self.OWN_FAMILY) is Outcome.ANSWERED

    def test_a_direct_placement_after_the_date_does_not_matter_yet(self) -> None:
        assert outcome("2025-03-01 placed_directly A", **self.OWN_FAMILY) is Outcome.UNKNOWN


class TestClosed:
    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            ("found_elsewhere", Outcome.FOUND_ELSEWHERE),
            ("lapsed", Outcome.LAPSED),
            ("withdrawn", Outcome.UNKNOWN),
            ("search_ended", Outcome.UNANSWERED_NO_OFFER),
        ],
    )
    def test_each_closing_has_its_outcome(self, kind: str, expected: Outcome) -> None:
        found = result(f"2024-05-01 {kind}")
        assert (found.outcome, found.ground.value) == (expected, kind)

    def test_the_latest_closing_decides(self) -> None:
        assert outcome("2024-05-01 search_ended\n2024-05-02 found_elsewhere") is Outcome.FOUND_ELSEWHERE
        assert outcome("2024-05-01 lapsed\n2024-05-01 search_ended") is Outcome.UNANSWERED_NO_OFFER

    def test_a_reopening_after_it_lifts_every_closing_before(self) -> None:
        assert outcome("2024-05-01 lapsed\n2024-05-02 search_ended\n2024-05-03 reopened") is Outcome.UNKNOWN
        assert outcome("2024-05-01 reopened\n2024-05-02 lapsed") is Outcome.LAPSED

    def test_a_closing_goes_before_an_open_offer(self) -> None:
        assert outcome("2024-04-01 answered_yes A\n2024-05-01 lapsed") is Outcome.LAPSED
        assert outcome("2024-04-01 lapsed\n2024-05-01 answered_yes A") is Outcome.LAPSED


class TestOpenOffer:
    def test_an_open_offer_keeps_it_unknown_although_the_family_still_searches(self) -> None:
        found = result("2024-04-01 answered_yes A\n2024-10-01 still_searching")
        assert (found.outcome, found.ground) == (Outcome.UNKNOWN, Ground.OFFER_OPEN)

    @pytest.mark.parametrize("kind", ["offer_declined", "offer_expired", "offer_withdrawn"])
    def test_it_closes_by_an_event_of_its_own_location(self, kind: str) -> None:
        still_searching = "2024-10-01 still_searching"
        closed = result(f"2024-04-01 answered_yes A\n2024-04-02 {kind} A\n{still_searching}")
        assert closed.ground is Ground.STILL_SEARCHING
        elsewhere = f"2024-03-30 answered_yes B\n2024-04-01 answered_yes A\n2024-04-02 {kind} B\n{still_searching}"
        assert result(elsewhere).ground is Ground.OFFER_OPEN

    def test_an_accepted_offer_is_closed_also_when_its_placement_is_undone(self) -> None:
        story = (
            "2024-04-01 answered_yes A\n2024-04-02 offer_accepted A\n2024-04-03 reopened\n2024-10-01 still_searching"
        )
        assert result(story).ground is Ground.STILL_SEARCHING

    @pytest.mark.parametrize(
        "later",
        [
            "2024-04-02 answered_no A reason=volzet",
            "2024-04-02 withdrawn\n2024-04-03 reopened",
            "2024-04-02 placed_directly A start=2024-09-01\n2024-04-03 reopened",
        ],
    )
    def test_nothing_else_closes_it(self, later: str) -> None:
        assert result(f"2024-04-01 answered_yes A\n{later}\n2024-10-01 still_searching").ground is Ground.OFFER_OPEN

    def test_a_passed_reply_date_does_not_close_it(self) -> None:
        facts = case("2024-04-01 answered_yes A")
        open_case = replace(facts, events=(facts.events[0]._replace(reply_by_on=date(2024, 4, 11)),))
        assert outcome_as_of(open_case, AS_OF).ground is Ground.OFFER_OPEN

    def test_only_the_latest_offer_of_a_location_counts(self) -> None:
        replaced = """
            2024-04-01 answered_yes A
            2024-04-02 answered_alternative A start=2024-10-01 parts=ma
            2024-04-03 offer_declined A
            2024-10-01 still_searching
        """
        assert result(replaced).ground is Ground.STILL_SEARCHING
        renewed = """
            2024-04-01 answered_yes A
            2024-04-02 offer_declined A
            2024-04-03 answered_yes A
            2024-10-01 still_searching
        """
        assert result(renewed).ground is Ground.OFFER_OPEN


class TestStillSearching:
    @pytest.mark.parametrize(
        ("at", "expected"),
        [
            ("2024-08-31", Outcome.UNKNOWN),
            ("2024-08-31T21:59Z", Outcome.UNKNOWN),
            ("2024-08-31T22:00Z", Outcome.UNANSWERED_NO_OFFER),
            ("2024-09-01", Outcome.UNANSWERED_NO_OFFER),
            ("2025-01-15", Outcome.UNANSWERED_NO_OFFER),
        ],
    )
    def test_it_says_unanswered_from_the_wanted_start_on(self, at: str, expected: Outcome) -> None:
        assert outcome(f"{at} still_searching") is expected

    def test_the_wanted_start_is_the_corrected_one(self) -> None:
        story = "2024-09-15 still_searching\n2024-09-20 corrected start=2024-10-01"
        assert outcome(story) is Outcome.UNKNOWN

    def test_a_reopening_after_it_makes_it_old(self) -> None:
        assert outcome("2024-09-15 still_searching\n2024-09-16 reopened") is Outcome.UNKNOWN
        assert outcome("2024-09-15 reopened\n2024-09-16 still_searching") is Outcome.UNANSWERED_NO_OFFER

    def test_a_later_word_that_came_in_time_is_enough(self) -> None:
        assert outcome("2024-06-01 still_searching\n2024-10-01 still_searching") is Outcome.UNANSWERED_NO_OFFER


class TestUnansweredSplit:
    @pytest.mark.parametrize("ending", ["2024-10-01 still_searching", "2024-10-01 search_ended"])
    @pytest.mark.parametrize(
        ("offers", "expected"),
        [
            ("2024-04-01 answered_no A reason=volzet", Outcome.UNANSWERED_NO_OFFER),
            ("2024-04-01 answered_yes A\n2024-04-02 offer_declined A", Outcome.UNANSWERED_DECLINED),
            ("2024-04-01 answered_yes A\n2024-04-02 offer_expired A", Outcome.UNANSWERED_DECLINED),
            ("2024-04-01 answered_yes A\n2024-04-02 offer_withdrawn A", Outcome.UNANSWERED_NO_OFFER),
            (
                "2024-04-01 answered_yes A\n2024-04-02 offer_declined A\n2024-04-03 offer_withdrawn A",
                Outcome.UNANSWERED_NO_OFFER,
            ),
            (
                "2024-04-01 answered_yes A\n2024-04-02 answered_yes A\n2024-04-03 offer_withdrawn A",
                Outcome.UNANSWERED_DECLINED,
            ),
            (
                "2024-04-01 answered_yes A\n2024-04-02 offer_declined A\n2024-04-03 reopened",
                Outcome.UNANSWERED_DECLINED,
            ),
            (
                "2024-04-01 answered_yes A\n2024-04-02 offer_accepted A\n2024-04-03 reopened",
                Outcome.UNANSWERED_DECLINED,
            ),
            ("2024-04-01 placed_directly A\n2024-04-03 reopened", Outcome.UNANSWERED_NO_OFFER),
        ],
    )
    def test_declined_needs_an_offer_that_its_location_did_not_withdraw(
        self, offers: str, ending: str, expected: Outcome
    ) -> None:
        found = result(f"{offers}\n{ending}")
        assert found.outcome is expected
        assert found.unanswered
        assert found.offer_stood is (expected is Outcome.UNANSWERED_DECLINED)

    def test_an_ended_search_leaves_an_open_offer_not_taken(self) -> None:
        assert outcome("2024-04-01 answered_yes A\n2024-10-01 search_ended") is Outcome.UNANSWERED_DECLINED

    def test_an_offer_after_the_date_was_not_given_yet(self) -> None:
        assert outcome("2024-10-01 search_ended\n2025-03-01 answered_yes A") is Outcome.UNANSWERED_NO_OFFER


def test_without_any_news_nothing_is_sure() -> None:
    found = result()
    assert (found.outcome, found.ground) == (Outcome.UNKNOWN, Ground.NOTHING_SURE)
    assert not found.unanswered
