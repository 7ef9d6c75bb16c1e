"""The views of the editor, one per page, behind the guard of whoever keeps the page of a location up."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from opvangloket.web.guards import View
from opvangloket.web.locations import editor
from opvangloket.web.locations.page_editor import Editor
from opvangloket.web.middleware import Request

Page = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorPages:
    """The guarded views: the parts with their dates, one part, and the buttons."""

    show: View
    confirm: View
    preview: View
    change: View
    drop_closing: View
    drop_photo: View


def editor_pages(guard: Callable[[Page], View], editor_for: Callable[..., Editor]) -> EditorPages:
    """Return the views behind `guard`; `editor_for` gets the request, the visit and the location of the address."""

    def on_its_own(page: Callable[[Request, Editor], HttpResponse]) -> View:
        def view(request: Request, visit: Any, **address: str) -> HttpResponse:
            return page(request, editor_for(request, visit, **address))

        return guard(view)

    def change(request: Request, visit: Any, part: str, **address: str) -> HttpResponse:
        return editor.change_part(request, editor_for(request, visit, **address), part)

    return EditorPages(
        show=on_its_own(lambda _request, editing: editor.overview(editing)),
        confirm=on_its_own(editor.confirm),
        preview=on_its_own(lambda _request, editing: editor.preview(editing)),
        change=guard(change),
        drop_closing=on_its_own(editor.drop_closing),
        drop_photo=on_its_own(editor.take_photo_away),
    )
