"""The outbox: planned once per cause in the transaction of its cause, never for nobody."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from opvangloket.foundation.ids import new_id
from opvangloket.foundation.messages.actions import NewMessage, plan_message, plan_messages
from opvangloket.foundation.messages.models import Message, MessageState
from opvangloket.foundation.tenancy.models import Desk
from opvangloket.foundation.tenancy.scopes import OrganiserScope, across_desks, scope

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def plan(**changes: Any) -> Any:
    return plan_message(
        **{
            "desk_id": None,
            "template": "sign_in_code",
            "cause": "sign_in_code:1",
            "recipient": "sara@peeters.example",
            "recipient_name": "Sara",
            "audience": "family",
            "context": {"code": "482913", "minutes": 15},
            "now": NOW,
        }
        | changes
    )


def messages() -> list[Message]:
    with across_desks("test"):
        return list(Message.objects.order_by("planned_at"))


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'message_id' FROM procrastinate_jobs WHERE task_name LIKE '%deliver_message'")
        return [row[0] for row in cursor.fetchall()]


def test_a_message_is_a_row_and_a_job() -> None:
    desk = Desk.objects.create(
        slug="ninove", name="Opvangloket Ninove", territory=["41048"], phone="054 31 32 33", created_at=NOW
    )
    message_id = plan(desk_id=desk.id)
    [message] = messages()
    assert (message.id, message.state, message.next_attempt_at) == (message_id, MessageState.PLANNED, NOW)
    assert "054 31 32 33" in message.text
    assert jobs() == [str(message_id)]


def test_a_cause_has_one_message() -> None:
    assert plan() is not None
    assert plan(recipient="iemand@anders.example") is None
    assert len(messages()) == len(jobs()) == 1


def test_nobody_gets_nothing() -> None:
    assert plan(recipient="") is None
    assert messages() == []


def test_a_cause_that_is_undone_takes_its_message_along() -> None:
    with transaction.atomic():
        plan()
        transaction.set_rollback(True)
    assert messages() == []
    assert jobs() == []


def test_whoever_may_not_read_messages_may_cause_one() -> None:
    with scope(OrganiserScope(new_id(), frozenset())):
        assert plan() is not None


def test_many_messages_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    def several(numbers: range) -> list[NewMessage]:
        return [
            NewMessage(
                template="sign_in_code",
                cause=f"sign_in_code:{number}",
                recipient="" if number == 5 else "sara@peeters.example",
                recipient_name="Sara",
                audience="family",
                context={"code": "482913", "minutes": 15},
            )
            for number in numbers
        ]

    with django_assert_num_queries(5):
        assert set(plan_messages(several(range(1)), desk_id=None, now=NOW)) == {"sign_in_code:0"}
    with django_assert_num_queries(5):
        planned = plan_messages(several(range(9)), desk_id=None, now=NOW)
    assert set(planned) == {f"sign_in_code:{number}" for number in (1, 2, 3, 4, 6, 7, 8)}
    assert sorted(jobs()) == sorted(str(message.id) for message in messages())
