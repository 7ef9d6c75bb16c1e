"""What a written agreement has to hold: the certificate only where the price follows the income."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from opvangloket.rules.care_agreement import AgreementItem, items_to_arrange, still_missing

TODAY = date(2026, 11, 21)


def test_the_certificate_is_only_for_the_income_tariff() -> None:
    with_certificate = items_to_arrange(asks_income_tariff=True, on=TODAY)
    without = items_to_arrange(asks_income_tariff=False, on=TODAY)
    assert set(with_certificate) == set(AgreementItem)
    assert set(with_certificate) - set(without) == {AgreementItem.INCOME_CERTIFICATE}


@given(arranged=st.sets(st.sampled_from(AgreementItem)))
def test_what_is_missing_is_the_rest_in_the_order_of_the_list(arranged: set[AgreementItem]) -> None:
    items = list(items_to_arrange(asks_income_tariff=True, on=TODAY))
    missing = still_missing(items, arranged)
    assert set(missing) == set(items) - arranged
    assert list(missing) == sorted(missing, key=items.index)
