"""What a desk worker does in a file: one page per act, each a form, one action, and back to the file.

An act is a value (`FileAct`): its words, its right, its form and what it does. `act_page` turns it into a guarded view.
What the action refuses stands on the form with everything that was typed.
"""
