"""The care request: what was asked, what happened, what the desk still has to do."""
