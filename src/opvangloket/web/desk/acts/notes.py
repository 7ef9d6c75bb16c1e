"""What a worker writes down: a note or a call, that a task is done, and a message that has to go out once more."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.requests.actions import TaskNotFound, finish_task, write_note
from opvangloket.foundation.messages.actions import send_again
from opvangloket.foundation.messages.queries import messages_of_request
from opvangloket.web.desk.acts.page import ActForm, FileAct
from opvangloket.web.desk.case import Case

_LONGEST_NOTE: Final = 4000
_LONGEST_OF_A_TASK: Final = 300
_NOTE: Final = "note"
_CONTACTS: Final = {
    _NOTE: gettext_lazy("Notitie"),
    "called_family": gettext_lazy("Gebeld met het gezin"),
    "called_location": gettext_lazy("Gebeld met de opvang"),
    "at_counter": gettext_lazy("Gesprek aan het loket"),
}


class NoteForm(ActForm):
    """A note, or how a conversation went."""

    contact = forms.ChoiceField(label=gettext_lazy("Wat was het?"), choices=list(_CONTACTS.items()), initial=_NOTE)
    text = forms.CharField(
        label=gettext_lazy("Wat wil je onthouden?"),
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _write(case: Case, form: NoteForm) -> str:
    contact, text = form.cleaned_data["contact"], form.cleaned_data["text"].strip()
    words = text if contact == _NOTE else f"{_CONTACTS[contact]}: {text}"
    write_note(request_id=case.file.request_id, text=words, actor=case.visit.actor, now=case.visit.now)
    return _("Genoteerd.")


class FinishForm(ActForm):
    """Which task of this file is done, with a note."""

    task = forms.UUIDField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label=gettext_lazy("Notitie bij de taak"),
        max_length=_LONGEST_OF_A_TASK,
        required=False,
        widget=forms.TextInput,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a task that is not open in this file."""
        if self.cleaned_data.get("task") not in {task.id for task in self.case.file.tasks}:
            raise forms.ValidationError(TaskNotFound().message)
        return self.cleaned_data


def _finish(case: Case, form: FinishForm) -> str:
    answers = form.cleaned_data
    finish_task(task_id=answers["task"], note=answers["note"], actor=case.visit.actor, now=case.visit.now)
    return _("Klaar. De taak staat niet meer op de werklijst.")


class SendAgainForm(ActForm):
    """Which message."""

    message = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a message that is not of this file."""
        if self.cleaned_data.get("message") not in {row.id for row in messages_of_request(self.case.file.request_id)}:
            raise forms.ValidationError(_("We vinden dit bericht niet."))
        return self.cleaned_data


def _send_again(case: Case, form: SendAgainForm) -> str:
    send_again(message_id=form.cleaned_data["message"], actor=case.visit.actor, now=case.visit.now)
    return _("Het bericht wordt opnieuw verstuurd.")


WRITE_NOTE = FileAct(
    right="note.write",
    title=lambda _case: _("Notitie of gesprek"),
    lead=lambda _case: _("Alleen het loket leest dit. Schrijf geen rijksregisternummer."),
    button=gettext_lazy("Noteren"),
    form=NoteForm,
    do=_write,
)
FINISH_TASK = FileAct(
    right="task.finish",
    title=lambda _case: _("Taak afwerken"),
    lead=lambda _case: _("Schrijf kort wat je deed."),
    button=gettext_lazy("Klaar"),
    form=FinishForm,
    do=_finish,
)
SEND_AGAIN = FileAct(
    right="message.send_again",
    title=lambda _case: _("Bericht opnieuw versturen"),
    lead=lambda _case: _("Klopt het adres? Dan vertrekt het bericht nog eens."),
    button=gettext_lazy("Opnieuw versturen"),
    form=SendAgainForm,
    do=_send_again,
)
