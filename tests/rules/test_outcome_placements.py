"""Placements in an outcome: a worked example for every clause of step 2 of EXCHANGE.md."""

from datetime import date

import pytest
from tests.rules.stories import case, parts

from opvangloket.rules.outcomes import Ground, Outcome, OutcomeResult, original_question, outcome_as_of

AS_OF = date(2025, 2, 28)


def result(story: str = "", *, as_of: date = AS_OF, **facts: object) -> OutcomeResult:
    return outcome_as_of(case(story, **facts), as_of)


def outcome(story: str = "", *, as_of: date = AS_OF, **facts: object) -> Outcome | None:
    return result(story, as_of=as_of, **facts).outcome


class TestAgreedTerms:
    def placed(self, story: str, **facts: object) -> tuple[date | None, int | None]:
        found = result(story, **facts)
        assert found.ground is Ground.PLACED
        return found.placed_start, found.placed_pattern

    def test_a_yes_without_fields_is_as_asked(self) -> None:
        assert self.placed("2024-04-01 answered_yes A\n2024-04-02 offer_accepted A") == (
            date(2024, 9, 1),
            parts("ma|di"),
        )

    def test_filled_fields_of_a_yes_count_as_given(self) -> None:
        story = "2024-04-01 answered_yes A start=2024-09-15 parts=ma\n2024-04-02 offer_accepted A"
        assert self.placed(story) == (date(2024, 9, 15), parts("ma"))

    def test_the_accepting_row_does_not_change_the_terms(self) -> None:
        story = "2024-04-01 answered_yes A\n2024-04-02 offer_accepted A start=2025-01-01 parts=vr"
        assert self.placed(story) == (date(2024, 9, 1), parts("ma|di"))

    def test_acceptance_concerns_the_latest_offer_of_that_location(self) -> None:
        story = """
            2024-04-01 answered_yes A
            2024-04-02 answered_alternative A start=2024-09-20 parts=wo
            2024-04-03 answered_alternative B start=2024-12-01 parts=do
            2024-04-04 offer_accepted A
        """
        assert self.placed(story) == (date(2024, 9, 20), parts("wo"))

    def test_a_direct_placement_has_its_own_terms(self) -> None:
        assert self.placed("2024-04-01 placed_directly A start=2024-10-10") == (date(2024, 10, 10), parts("ma|di"))

    def test_several_placements_give_the_earliest_start_and_every_part(self) -> None:
        story = "2024-04-01 placed_directly A start=2024-11-01 parts=ma\n2024-04-02 placed_directly B parts=di"
        assert self.placed(story) == (date(2024, 9, 1), parts("ma|di"))
        assert outcome(story) is Outcome.ANSWERED

    @pytest.mark.parametrize("later", ["offer_withdrawn", "offer_declined", "offer_expired"])
    def test_what_happens_to_the_offer_later_leaves_the_placement_standing(self, later: str) -> None:
        story = f"2024-04-01 answered_yes A\n2024-04-02 offer_accepted A\n2024-04-03 {later} A"
        assert outcome(story) is Outcome.ANSWERED

    def test_an_offer_can_be_accepted_after_it_was_declined_or_a_second_time(self) -> None:
        declined_first = "2024-04-01 answered_yes A\n2024-04-02 offer_declined A\n2024-04-03 offer_accepted A"
        assert outcome(declined_first) is Outcome.ANSWERED
        again = (
            "2024-04-01 answered_yes A\n2024-04-02 offer_accepted A\n2024-04-03 reopened\n2024-04-04 offer_accepted A"
        )
        assert outcome(again) is Outcome.ANSWERED

    def test_an_ending_without_an_offer_makes_nothing(self) -> None:
        assert outcome("2024-04-02 offer_accepted A") is Outcome.UNKNOWN


class TestStartConfirmed:
    def placed(self, story: str) -> tuple[date | None, int | None]:
        found = result(story)
        return found.placed_start, found.placed_pattern

    def test_it_replaces_what_was_agreed(self) -> None:
        story = "2024-04-01 placed_directly A\n2024-09-10 start_confirmed A start=2024-10-02 parts=ma"
        assert self.placed(story) == (date(2024, 10, 2), parts("ma"))

    def test_an_empty_field_is_as_agreed(self) -> None:
        story = "2024-04-01 placed_directly A parts=wo\n2024-09-10 start_confirmed A start=2024-10-02"
        assert self.placed(story) == (date(2024, 10, 2), parts("wo"))

    def test_only_the_last_one_counts_and_its_empty_fields_do_not_look_at_the_one_before(self) -> None:
        story = """
            2024-04-01 placed_directly A
            2024-09-10 start_confirmed A start=2024-10-02
            2024-09-11 start_confirmed A parts=ma
        """
        assert self.placed(story) == (date(2024, 9, 1), parts("ma"))

    def test_with_a_location_it_concerns_the_latest_placement_there(self) -> None:
        story = """
            2024-04-01 placed_directly A parts=ma
            2024-04-02 placed_directly A parts=di
            2024-04-03 placed_directly B parts=wo
            2024-09-10 start_confirmed A parts=vr
        """
        assert self.placed(story)[1] == parts("ma|vr|wo")

    def test_without_location_it_concerns_the_latest_of_all(self) -> None:
        story = """
            2024-04-01 placed_directly A parts=ma
            2024-04-03 placed_directly B parts=wo
            2024-09-10 start_confirmed parts=vr
        """
        assert self.placed(story)[1] == parts("ma|vr")

    def test_it_concerns_the_latest_one_also_when_that_is_undone(self) -> None:
        story = """
            2024-04-01 placed_directly A start=2024-05-01 parts=ma
            2024-06-01 placed_directly B start=2024-09-01 parts=di
            2024-06-02 reopened
            2024-09-10 start_confirmed parts=vr
        """
        assert self.placed(story) == (date(2024, 5, 1), parts("ma"))

    def test_a_placement_made_after_it_is_not_concerned(self) -> None:
        story = """
            2024-04-01 placed_directly A parts=ma
            2024-04-02 start_confirmed A parts=di
            2024-04-03 placed_directly A parts=wo
        """
        assert self.placed(story)[1] == parts("di|wo")


class TestUndoing:
    PLACED = "2024-04-01 placed_directly A start=2024-09-01"
    UNDOING = ["reopened", "found_elsewhere", "lapsed", "withdrawn", "search_ended"]

    @pytest.mark.parametrize("kind", UNDOING)
    def test_a_place_whose_start_still_lies_ahead_is_undone(self, kind: str) -> None:
        assert result(f"{self.PLACED}\n2024-08-31 {kind}").ground is not Ground.PLACED

    @pytest.mark.parametrize("kind", UNDOING)
    def test_care_that_started_that_day_or_before_is_not(self, kind: str) -> None:
        assert outcome(f"{self.PLACED}\n2024-09-01 {kind}") is Outcome.ANSWERED

    def test_the_day_is_the_day_in_brussels(self) -> None:
        assert outcome(f"{self.PLACED}\n2024-08-31T21:59Z lapsed") is Outcome.LAPSED
        assert outcome(f"{self.PLACED}\n2024-08-31T22:00Z lapsed") is Outcome.ANSWERED

    def test_a_placement_made_after_it_stands(self) -> None:
        assert outcome("2024-04-01 withdrawn\n2024-04-02 placed_directly A") is Outcome.ANSWERED

    def test_at_the_same_instant_the_order_of_the_rows_decides(self) -> None:
        assert outcome("2024-04-01 placed_directly A\n2024-04-01 lapsed") is Outcome.LAPSED
        assert outcome("2024-04-01 lapsed\n2024-04-01 placed_directly A") is Outcome.ANSWERED

    def test_only_the_placements_that_had_not_started_go(self) -> None:
        story = """
            2024-04-01 placed_directly A start=2024-09-01 parts=ma
            2024-04-02 placed_directly B start=2024-11-01 parts=di
            2024-10-01 reopened
        """
        found = result(story)
        assert (found.outcome, found.placed_pattern) == (Outcome.PARTLY_FEWER, parts("ma"))

    def test_an_undone_placement_does_not_come_back_by_reopening(self) -> None:
        assert outcome(f"{self.PLACED}\n2024-05-01 withdrawn\n2024-05-02 reopened") is Outcome.UNKNOWN

    def test_a_confirmation_before_it_moves_the_start_that_decides(self) -> None:
        postponed = f"{self.PLACED}\n2024-08-01 start_confirmed A start=2024-10-01\n2024-09-15 lapsed"
        assert outcome(postponed) is Outcome.LAPSED
        advanced = f"{self.PLACED}\n2024-08-01 start_confirmed A start=2024-07-15\n2024-08-15 lapsed"
        assert outcome(advanced) is Outcome.ANSWERED

    def test_a_confirmation_after_it_moves_the_start_too(self) -> None:
        # "As replaced by every `start_confirmed` up to D": the last one known at D, whenever it came.
        started_after_all = f"{self.PLACED}\n2024-08-15 search_ended\n2024-10-01 start_confirmed A start=2024-08-01"
        assert outcome(started_after_all) is Outcome.ANSWERED
        assert outcome(started_after_all, as_of=date(2024, 9, 30)) is Outcome.UNANSWERED_NO_OFFER
        had_not_started = f"{self.PLACED}\n2024-09-15 search_ended\n2024-10-01 start_confirmed A start=2024-10-01"
        assert outcome(had_not_started) is Outcome.UNANSWERED_NO_OFFER

    def test_a_correction_moves_a_start_that_was_left_empty(self) -> None:
        story = "2024-04-01 placed_directly A\n2024-08-31 lapsed\n2024-10-01 corrected start=2024-08-31"
        assert outcome(story) is Outcome.ANSWERED


class TestPartly:
    @pytest.mark.parametrize(
        ("asked", "agreed", "expected"),
        [
            ("2024-09-01", "2024-09-30", Outcome.ANSWERED),
            ("2024-09-01", "2024-10-01", Outcome.PARTLY_LATER),
            ("2024-01-31", "2024-02-28", Outcome.ANSWERED),
            ("2024-01-31", "2024-02-29", Outcome.PARTLY_LATER),
            ("2023-01-31", "2023-02-28", Outcome.PARTLY_LATER),
            ("2024-12-15", "2025-01-15", Outcome.PARTLY_LATER),
            ("2024-09-01", "2024-01-01", Outcome.ANSWERED),
        ],
    )
    def test_later_is_a_calendar_month_or_more(self, asked: str, agreed: str, expected: Outcome) -> None:
        story = f"2024-03-05 placed_directly A start={agreed}"
        assert outcome(story, start_on=date.fromisoformat(asked)) is expected

    @pytest.mark.parametrize(
        ("asked", "agreed", "expected"),
        [
            ("ma|di", "ma|di", Outcome.ANSWERED),
            ("ma|di", "wo|do", Outcome.ANSWERED),
            ("ma|di", "ma|di_vm", Outcome.PARTLY_FEWER),
            ("ma_vm|di_vm", "wo", Outcome.PARTLY_FEWER),
            ("ma_vm|di_vm", "wo|do|vr", Outcome.ANSWERED),
        ],
    )
    def test_fewer_is_fewer_parts_or_fewer_weekdays(self, asked: str, agreed: str, expected: Outcome) -> None:
        assert outcome(f"2024-03-05 placed_directly A parts={agreed}", pattern=parts(asked)) is expected

    @pytest.mark.parametrize(
        ("parts_wanted", "agreed", "expected"),
        [
            (6, "ma|di|wo", Outcome.ANSWERED),
            (6, "ma|di|wo_vm", Outcome.PARTLY_FEWER),
            (3, "ma_vm|di", Outcome.ANSWERED),
            (3, "ma|di_vm", Outcome.ANSWERED),
            (5, "ma|di|wo_vm", Outcome.ANSWERED),
            (5, "ma|di", Outcome.PARTLY_FEWER),
            (2, "ma", Outcome.ANSWERED),
            (12, "ma|di|wo|do|vr", Outcome.PARTLY_FEWER),
        ],
    )
    def test_any_days_asks_half_the_parts_rounded_up_in_weekdays(
        self, parts_wanted: int, agreed: str, expected: Outcome
    ) -> None:
        story = f"2024-03-05 placed_directly A parts={agreed}"
        assert outcome(story, pattern=parts("ma|di|wo|do|vr"), parts_wanted=parts_wanted) is expected

    def test_parts_wanted_never_asks_more_weekdays_than_the_pattern_names(self) -> None:
        assert outcome("2024-03-05 placed_directly A", pattern=parts("ma"), parts_wanted=2) is Outcome.ANSWERED
        wanted_four = result("2024-03-05 placed_directly A", pattern=parts("ma"), parts_wanted=4)
        assert wanted_four.original.weekdays_asked == 1
        assert wanted_four.outcome is Outcome.PARTLY_FEWER

    @pytest.mark.parametrize(("parts_wanted", "weekdays"), [(1, 1), (2, 1), (3, 2), (5, 3), (6, 3), (8, 3)])
    def test_half_the_parts_is_rounded_up(self, parts_wanted: int, weekdays: int) -> None:
        asked = case(pattern=parts("ma|di|wo"), parts_wanted=parts_wanted)
        assert original_question(asked, AS_OF).weekdays_asked == weekdays

    def test_parts_wanted_equal_to_the_pattern_is_not_the_same_as_empty(self) -> None:
        facts = {"pattern": parts("ma_vm|di_vm")}
        story = "2024-03-05 placed_directly A parts=wo"
        assert outcome(story, **facts) is Outcome.PARTLY_FEWER
        assert outcome(story, **facts, parts_wanted=2) is Outcome.ANSWERED

    def test_late_and_smaller_is_both(self) -> None:
        found = result("2024-03-05 placed_directly A start=2024-11-01 parts=ma")
        assert (found.outcome, found.partly_later, found.partly_fewer) == (Outcome.PARTLY_BOTH, True, True)

    def test_late_alone_and_smaller_alone_are_one_each(self) -> None:
        late = result("2024-03-05 placed_directly A start=2024-11-01")
        assert (late.outcome, late.partly_later, late.partly_fewer) == (Outcome.PARTLY_LATER, True, False)
        small = result("2024-03-05 placed_directly A parts=ma")
        assert (small.outcome, small.partly_later, small.partly_fewer) == (Outcome.PARTLY_FEWER, False, True)
