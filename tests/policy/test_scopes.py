"""Unscoped queries raise, and each place sees its own rows only."""

from uuid import uuid4

import pytest

from opvangloket.domains.distribution.models import Inquiry
from opvangloket.foundation.retention.policy import own_models
from opvangloket.foundation.tenancy.scopes import (
    DeskScope,
    FamilyScope,
    OrganiserScope,
    Scoped,
    ScopedManager,
    UnscopedQuery,
    scope,
)

SCOPED = [model for model in own_models() if issubclass(model, Scoped)]


@pytest.mark.parametrize("model", SCOPED, ids=lambda m: m._meta.label)
def test_a_query_without_a_scope_raises(model: type[Scoped]) -> None:
    assert isinstance(model._default_manager, ScopedManager)
    with pytest.raises(UnscopedQuery):
        model.objects.all()


@pytest.mark.parametrize("model", SCOPED, ids=lambda m: m._meta.label)
@pytest.mark.django_db
def test_every_scope_filters_or_refuses(model: type[Scoped]) -> None:
    """From each place the rows are filtered by a predicate, or the model is not visible at all."""
    places = [
        DeskScope(uuid4()),
        FamilyScope(uuid4(), frozenset({uuid4()})),
        OrganiserScope(uuid4(), frozenset({uuid4()})),
    ]
    for place in places:
        with scope(place):
            if type(place) in model.visible:
                assert list(model.objects.all()) == []
            else:
                with pytest.raises(UnscopedQuery):
                    model.objects.all()


def test_nested_scopes_return_to_the_outer_one() -> None:
    with scope(DeskScope(uuid4())):
        with pytest.raises(RuntimeError, match="boom"), scope(DeskScope(uuid4())):
            raise RuntimeError("boom")
        assert Inquiry.objects.all().query is not None
    with pytest.raises(UnscopedQuery):
        Inquiry.objects.all()
