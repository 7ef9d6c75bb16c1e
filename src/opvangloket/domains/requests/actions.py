"""Everything that can be done with a request before it goes out and beside its answers: one place to import from.

Each action is written in the module of its intention. What closes inquiries or takes places, merging and setting a
request aside among it, is an action of `distribution`.
"""

from opvangloket.domains.requests.desk_tasks import TaskNotFound, finish_task, open_task, settle_tasks
from opvangloket.domains.requests.drafts import DraftFound, DraftGone, draft_by_token, save_draft
from opvangloket.domains.requests.models import Channel
from opvangloket.domains.requests.notes import EmptyNote, write_note
from opvangloket.domains.requests.people import Contact, change_contact, record_birth
from opvangloket.domains.requests.questions import Applicant, AskedChild, NewQuestion, Problem, QuestionRefused
from opvangloket.domains.requests.reading import record_read
from opvangloket.domains.requests.registration import (
    AlreadyRegistered,
    Registered,
    mark_contact_verified,
    register,
    register_siblings,
    registered_before,
)
from opvangloket.domains.requests.setting_aside import CannotMerge, NothingToUndo
from opvangloket.domains.requests.states import CannotMove, RequestNotFound
from opvangloket.domains.requests.wishes import (
    NothingChanged,
    SearchEnded,
    Wish,
    change_wish,
    confirm_current,
    correct,
    set_urgent,
)

__all__ = [
    "AlreadyRegistered",
    "Applicant",
    "AskedChild",
    "CannotMerge",
    "CannotMove",
    "Channel",
    "Contact",
    "DraftFound",
    "DraftGone",
    "EmptyNote",
    "NewQuestion",
    "NothingChanged",
    "NothingToUndo",
    "Problem",
    "QuestionRefused",
    "Registered",
    "RequestNotFound",
    "SearchEnded",
    "TaskNotFound",
    "Wish",
    "change_contact",
    "change_wish",
    "confirm_current",
    "correct",
    "draft_by_token",
    "finish_task",
    "mark_contact_verified",
    "open_task",
    "record_birth",
    "record_read",
    "register",
    "register_siblings",
    "registered_before",
    "save_draft",
    "set_urgent",
    "settle_tasks",
    "write_note",
]
