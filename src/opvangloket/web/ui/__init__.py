"""The look of every page: styles, templates, components and forms.

1. `components` turns facts into frozen values that a template can draw (a week strip, the line of a question).
2. `templatetags/ui.py` draws them: `{% week_strip strip %}`.
3. `forms` draws every Django form accessibly and adds the fields that childcare needs (week, date, hours).
4. `errors` answers every failure with a page that says what happened, what now, and whom to call.

`docs/design.md` shows how to use it; the gallery draws everything at once.
"""
