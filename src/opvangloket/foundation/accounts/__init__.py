"""Who may come in, per audience; codes by mail, a second factor for staff, the table of rights."""
