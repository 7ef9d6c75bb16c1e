"""The page that families see of a location, kept up by its home desk for an organiser who does not do it here."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opvangloket.domains.providers.own_locations import LocationNotFound, own_location
from opvangloket.domains.providers.page_edit import PageRefused, return_proposed_text, show_proposed_text
from opvangloket.web.desk.frame import show as draw_page
from opvangloket.web.guards import DeskVisit, desk_page
from opvangloket.web.locations.editor_pages import editor_pages
from opvangloket.web.locations.page_editor import Editor, editor_of
from opvangloket.web.middleware import Request


class ReturnForm(forms.Form):
    """What has to change in a text before families see it."""

    because = forms.CharField(
        label=gettext_lazy("Wat moet er anders?"),
        help_text=gettext_lazy("De opvang leest dit."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@desk_page("location.edit")
def show_text(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Let families see the text that waited."""
    editing = _editor(request, visit, slug)
    if request.method == "POST":
        show_proposed_text(location_id=editing.location.id, actor=visit.actor, now=visit.now)
        messages.success(request, _("Gezinnen zien de nieuwe tekst nu."))
    return HttpResponseRedirect(editing.back_url)


@desk_page("location.edit")
def return_text(request: Request, visit: DeskVisit, slug: str) -> HttpResponse:
    """Give a text back to the location with what to change."""
    editing = _editor(request, visit, slug)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        try:
            return_proposed_text(location_id=editing.location.id, because=because, actor=visit.actor, now=visit.now)
        except PageRefused as refused:
            form.add_error("because", refused.message)
        else:
            messages.success(request, _("De opvang ziet wat er anders moet."))
            return HttpResponseRedirect(editing.back_url)
    context = {"editor": editing, "form": form}
    return draw_page(request, visit, "desk/return_text.html", context, current="locations")


def _editor(request: Request, visit: DeskVisit, slug: str) -> Editor:
    """Return an editor of a location of which this is the home desk; anything else is not found."""
    try:
        own = own_location(slug)
    except LocationNotFound as error:
        raise Http404(error.message) from error
    editing = editor_of(
        own,
        actor=visit.actor,
        now=visit.now,
        today=visit.today,
        address=lambda name, *words: reverse(f"desk:{name}", args=[visit.desk.slug, own.slug, *words]),
        back_url=reverse("desk:location", args=[visit.desk.slug, own.slug]),
        draw=lambda template, context: draw_page(request, visit, template, context, current="locations"),
    )
    if editing.home is None or editing.home.id != visit.desk.id:
        raise Http404("De pagina van deze opvang houdt een ander loket bij.")
    return editing


PAGES = editor_pages(desk_page("location.edit"), _editor)
