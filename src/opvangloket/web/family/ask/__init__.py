"""Asking one question: nine pages, one question each, saved at every step (SPEC §4, §14).

1. What is typed on a page is kept as it was typed, in a draft; the page's form says what it means, every time anew.
2. The check page reads all forms together; sending turns them into one request per child.
3. The confirmation proves the address by a code; then the question goes to every chosen location at one moment.
"""
