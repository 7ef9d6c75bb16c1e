"""The list of free places that an organiser keeps in a spreadsheet: read, compared, approved."""
