"""The questions of families: the inbox, one question and its answer, several at once, the signed link."""
