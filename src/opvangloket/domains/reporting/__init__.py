"""The annual report, from the events as of a date; filed reports never change."""
