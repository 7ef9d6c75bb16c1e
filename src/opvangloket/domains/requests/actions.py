"""Everything that can be done with a request before it goes out and beside its answers: one place to import from.

Each action is written in the module of its intention; what closes inquiries or takes places is `distribution`.
"""

from opvangloket.domains.requests.desk_tasks import TaskNotFound, finish_task, open_task, settle_tasks
from opvangloket.domains.requests.questions import Applicant, AskedChild, NewQuestion, Problem, QuestionRefused
from opvangloket.domains.requests.registration import (
    Registered,
    mark_contact_verified,
    register,
    register_siblings,
)

__all__ = [
    "Applicant",
    "AskedChild",
    "NewQuestion",
    "Problem",
    "QuestionRefused",
    "Registered",
    "TaskNotFound",
    "finish_task",
    "mark_contact_verified",
    "open_task",
    "register",
    "register_siblings",
    "settle_tasks",
]
