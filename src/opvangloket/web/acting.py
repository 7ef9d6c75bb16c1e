"""Doing what a form or a button asks: the next page says what was done, or this one says why it was not."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest

from opvangloket.foundation.errors import OpvangloketError

Act = Callable[[], str]


def done_by_form(
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    *,
    beside: str | None = None,
    refuse: Callable[[OpvangloketError], None] | None = None,
) -> bool:
    """Do the act of a posted form that is valid, and say the words that it returns; return whether it was done.

    What the act refuses stands on the form, beside the field `beside`, or as `refuse` puts it there.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        words = act()
    except OpvangloketError as refused:
        if refuse:
            refuse(refused)
        else:
            form.add_error(beside, refused.message)
        return False
    messages.success(request, words)
    return True


def done_by_button(request: HttpRequest, act: Act) -> bool:
    """Do the act of a button that was pressed, and say the words that it returns, or why it was refused."""
    if request.method != "POST":
        return False
    try:
        words = act()
    except OpvangloketError as refused:
        messages.warning(request, refused.message)
        return False
    messages.success(request, words)
    return True


def done_to_row(request: HttpRequest, act: Callable[[UUID], str], *, name: str = "row") -> bool:
    """Do the act of a button on the row whose id it posts, as `done_by_button`; nothing when it names none."""
    row_id = posted_id(request, name)
    return row_id is not None and done_by_button(request, lambda: act(row_id))


def done_to_row_or_404(request: HttpRequest, act: Callable[[UUID], str], *, name: str = "row") -> bool:
    """Do the act of a button on the row whose id it posts; a button that names none is not found."""
    if request.method == "POST" and posted_id(request, name) is None:
        raise Http404
    return done_to_row(request, act, name=name)


def posted_id(request: HttpRequest, name: str = "row") -> UUID | None:
    """Return the id that a button posted; None when nothing was posted, or something else."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
