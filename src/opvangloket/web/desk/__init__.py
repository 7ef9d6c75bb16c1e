"""The desk's work: list, files, registration, settings, report."""
