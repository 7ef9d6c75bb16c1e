"""The pages of the installation itself: its desks, its health, and the mailbox of a playground."""
